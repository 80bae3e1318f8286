"""How long a 3,000-line SOP takes to load: ours, PyYAML's and ruamel.yaml's ways side by side.

python benchmarks/yaml_loading.py
"""

from __future__ import annotations

import platform
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable

import ruamel.yaml
import yaml

from brightline.rulebook import yaml_source

CLAUSE = """\
  - id: V-{number}
    title: {{vi: Thiết bị số {number}, en: Device number {number}}}
    when:
      - {{is: device, item: [e_cigarette, heated], price: "< {number}"}}
      - {{claims: yes, item: {{not: [accessory, other]}}}}
    action: remove
    points: 12
    basis: [res-1, policy]
    notice:
      vi: |
        Sản phẩm của bạn đã bị gỡ vì là thuốc lá điện tử. Điều này trái với quy định hiện hành.
        Hãy kiểm tra lại danh mục hàng hoá trước khi đăng bán lần sau.
      en: |
        Your listing was removed because it is an e-cigarette, which may not be sold.
        Check the list of banned goods before you post the next one.
"""


def sop(lines: int) -> str:
    """An SOP of about so many lines."""
    count = lines // CLAUSE.count("\n")
    return "sop: vapes\nclauses:\n" + "".join(CLAUSE.format(number=n) for n in range(count))


def pure_python(data: bytes) -> None:
    """Our tree over PyYAML's pure Python events, as where libyaml is missing."""
    kept = yaml_source.Events
    yaml_source.Events = yaml_source.pure_events()
    try:
        yaml_source.load(data, "x")
    finally:
        yaml_source.Events = kept


def best(job: Callable[[], object], repeat: int) -> tuple[float, float]:
    """The best and the median time of a job, in milliseconds."""
    times = []
    for _round in range(repeat):
        start = time.perf_counter()
        job()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), statistics.median(times)


def peak(job: Callable[[], object]) -> float:
    """The most Python memory a job holds at once, in MB."""
    tracemalloc.start()
    job()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    text = sop(3000)
    data = text.encode()
    lines = text.count("\n")
    print(f"{lines} lines, {len(data) // 1024} kB; Python {platform.python_version()}")
    print(f"PyYAML {yaml.__version__}, ruamel.yaml {ruamel.yaml.__version__}, {platform.machine()}")
    jobs: dict[str, tuple[Callable[[], object], int]] = {
        "ours, libyaml events": (lambda: yaml_source.load(data, "x"), 15),
        "ours, pure Python events": (lambda: pure_python(data), 3),
        "PyYAML CSafeLoader (no places)": (lambda: yaml.load(data, yaml.CSafeLoader), 15),
        "PyYAML SafeLoader (no places)": (lambda: yaml.load(data, yaml.SafeLoader), 3),
        "ruamel.yaml round trip (places)": (lambda: ruamel.yaml.YAML(typ="rt").load(text), 3),
        "ruamel.yaml safe, pure (no places)": (
            lambda: ruamel.yaml.YAML(typ="safe", pure=True).load(text),
            3,
        ),
    }
    for name, (job, repeat) in jobs.items():
        least, median = best(job, repeat)
        print(f"{name:36} best {least:8.1f} ms  median {median:8.1f} ms  {peak(job):6.1f} MB")


if __name__ == "__main__":
    sys.exit(main())
