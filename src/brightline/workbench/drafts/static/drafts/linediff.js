/* What makes one text of another, line by line (Myers 1986), as changes by position. */
export function changesBetween(from, to) {
  if (from === to) return [];
  const a = from.split(/(?<=\n)/), b = to.split(/(?<=\n)/);
  let top = 0, end = 0;
  while (top < a.length && top < b.length && a[top] === b[top]) top++;
  while (end < a.length - top && end < b.length - top && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const x = a.slice(top, a.length - end), y = b.slice(top, b.length - end);
  const edits = steps(x, y);
  const changes = [];
  let at = a.slice(0, top).join("").length;
  for (const [kind, text] of edits) {
    const last = changes.at(-1), open = last && last.to === at;
    if (kind === "=") { at += text.length; continue; }
    if (kind === "-") { if (open) last.to += text.length; else changes.push({from: at, to: at + text.length, insert: ""}); at += text.length; }
    else if (open) last.insert += text;
    else changes.push({from: at, to: at, insert: text});
  }
  return changes;
}

function steps(a, b) {
  const n = a.length, m = b.length, most = n + m, v = new Map([[1, 0]]), trail = [];
  for (let d = 0; d <= most; d++) {
    trail.push(new Map(v));
    for (let k = -d; k <= d; k += 2) {
      let x = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1)) ? v.get(k + 1) ?? 0 : (v.get(k - 1) ?? 0) + 1;
      let y = x - k;
      while (x < n && y < m && a[x] === b[y]) { x++; y++; }
      v.set(k, x);
      if (x >= n && y >= m) return walked(a, b, trail, d);
    }
  }
  return [];
}

function walked(a, b, trail, depth) {
  const found = [];
  let x = a.length, y = b.length;
  for (let d = depth; d > 0; d--) {
    const v = trail[d], k = x - y;
    const down = k === -d || (k !== d && (v.get(k - 1) ?? -1) < (v.get(k + 1) ?? -1));
    const k0 = down ? k + 1 : k - 1, x0 = v.get(k0) ?? 0, y0 = x0 - k0;
    while (x > x0 && y > y0 && x > 0 && y > 0 && a[x - 1] === b[y - 1] && (x > (down ? x0 : x0 + 1) || y > (down ? y0 + 1 : y0))) { found.push(["=", a[x - 1]]); x--; y--; }
    if (down) { found.push(["+", b[y - 1]]); y--; } else { found.push(["-", a[x - 1]]); x--; }
  }
  while (x > 0 && y > 0) { found.push(["=", a[x - 1]]); x--; y--; }
  return found.reverse();
}
