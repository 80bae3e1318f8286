/* What can stand at a place of a rulebook's file: keys and values by the schema, names by the page. */
const SCHEMA = JSON.parse(document.getElementById("schema-data").textContent || "null");

/* The keys that lead to a line, by indentation: ["clauses", 0, "when"]. Flow maps of the line too. */
export function pathAt(doc, number, column) {
  const line = doc.line(number), path = [];
  let indent = Math.min(column, line.text.search(/\S|$/));
  const before = line.text.slice(0, column), dash = before.match(/^(\s*)-\s+/);
  if (dash) path.unshift(0);
  let level = dash ? dash[1].length : indent;
  for (let n = number - 1; n > 0 && level > 0; n--) {
    const text = doc.line(n).text, found = text.match(/^(\s*)(-\s+)?([^\s#:][^:]*):/);
    if (!found || /^\s*(#|$)/.test(text)) continue;
    const own = found[1].length + (found[2]?.length || 0);
    if (own < level || (own === level && found[2] && !dash && found[1].length < level)) {
      if (own < level) path.unshift(found[3].trim());
      if (found[2]) { path.unshift(0); level = found[1].length; } else level = own;
    }
  }
  const inner = before.slice(before.search(/\S|$/)).replace(/^-\s+/, "");
  const opened = [];
  for (const [, key, bracket] of inner.matchAll(/([\w-]+):\s*([{[])|[}\]]/g)) bracket ? opened.push(key) : opened.pop();
  return [...path, ...opened];
}

function resolve(node, root) {
  let one = node;
  for (let n = 0; one && one.$ref && n < 20; n++) one = one.$ref.slice(2).split("/").reduce((at, key) => at?.[key], root);
  return one;
}

function* ways(node, root) {
  const one = resolve(node, root);
  if (!one) return;
  yield one;
  for (const other of [...(one.anyOf || []), ...(one.allOf || []), ...(one.oneOf || [])]) yield* ways(other, root);
}

export function schemasAt(path, root = SCHEMA) {
  let now = root ? [...ways(root, root)] : [];
  for (const step of path) {
    const next = [];
    for (const one of now) {
      const found = step === 0 ? [one.items, one] : [one.properties?.[step], typeof one.additionalProperties === "object" ? one.additionalProperties : null, one.items?.properties?.[step]];
      for (const inner of found) if (inner) next.push(...ways(inner, root));
    }
    now = next;
  }
  return now;
}

/* A source for CodeMirror. `names(path)` gives the page's own names for a value. */
export function completions(names) {
  return (context) => {
    const line = context.state.doc.lineAt(context.pos), column = context.pos - line.from;
    const before = line.text.slice(0, column), word = before.match(/[\w-]*$/)[0];
    if (!word && !context.explicit && !/[:,[{]\s$/.test(before) && !/^\s*(- )?$/.test(before)) return null;
    const value = before.match(/([\w-]+):\s+\[?(?:[\w-]+,\s*)*[\w-]*$/);
    const path = pathAt(context.state.doc, line.number, column - word.length);
    const options = [];
    if (value && !/[{,]\s*[\w-]*$/.test(before.replace(/\[[^\]]*$/, ""))) {
      const at = [...path, value[1]].filter((step, n, all) => !(n === all.length - 1 && step === all[n - 1]));
      for (const one of schemasAt(at)) for (const said of one.enum || (one.const ? [one.const] : [])) options.push({label: String(said), type: "enum"});
      for (const {id, words} of names(value[1], at)) options.push({label: id, detail: words, type: "constant"});
    } else {
      const taken = siblings(context.state.doc, line.number);
      for (const one of schemasAt(path))
        for (const [key, inner] of Object.entries(one.properties || {}))
          if (!taken.has(key)) options.push({label: key, detail: resolve(inner, SCHEMA)?.description?.split("\n")[0] || "", type: "property", apply: `${key}: `});
      for (const {id, words} of names("", path)) options.push({label: id, detail: words, type: "variable", apply: `${id}: `});
    }
    const seen = new Set();
    const own = options.filter(({label}) => !seen.has(label) && seen.add(label));
    return own.length ? {from: context.pos - word.length, options: own, validFor: /^[\w-]*$/} : null;
  };
}

function siblings(doc, number) {
  const indent = doc.line(number).text.search(/\S|$/), found = new Set();
  for (const way of [-1, 1])
    for (let n = number + way; n > 0 && n <= doc.lines; n += way) {
      const text = doc.line(n).text;
      if (!text.trim()) continue;
      const own = text.replace(/^(\s*)- /, "$1  ").search(/\S/);
      if (own < indent || (/^\s*- /.test(text) && text.search(/\S/) < indent && way > 0)) break;
      if (own === indent) found.add(text.trim().replace(/^- /, "").split(":")[0]);
      if (/^\s*- /.test(text) && way < 0 && own === indent) break;
    }
  return found;
}
