import contextlib, importlib, io, os, time, traceback
import pytest
from tests.workbench.making import a_case, decided
from tests.workbench.policy_day import steps, pages
from brightline.workbench.rulebooks.actions.publish import publish
from tests.workbench.releases.changing import sound
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
def test_x(people, enter, jobs_run):
    publish(sound(), None)
    for number in range(16):
        a_case(f"Dao Thái số {number}")
        decided(people["lan"], item="kitchen_knife")
    a_case("Dao Thái giấu trong gậy")
    ns = dict(people=people, enter=enter, jobs_run=jobs_run, steps=steps, pages=pages, a_case=a_case, decided=decided, importlib=importlib)
    while True:
        if not os.path.exists("/tmp/walk/cmd.py"):
            time.sleep(.1); continue
        code = open("/tmp/walk/cmd.py").read(); os.remove("/tmp/walk/cmd.py")
        if code.strip() == "quit": break
        importlib.reload(pages); importlib.reload(steps)
        out = io.StringIO()
        t = time.time()
        with contextlib.redirect_stdout(out):
            try: exec(code, ns)
            except BaseException: print(traceback.format_exc()[-2500:])
        out.write(f"\n[{time.time()-t:.1f}s]\n")
        open("/tmp/walk/out.tmp", "w").write(out.getvalue()); os.rename("/tmp/walk/out.tmp", "/tmp/walk/out.txt")
