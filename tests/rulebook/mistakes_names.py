"""Mistakes in names: of facts, options, clauses, laws, teams, word lists."""

from planted import Mistake

VAPES, REVIEWS, HEAD, LAW = "sops/vapes.yaml", "sops/reviews.yaml", "rulebook.yaml", "law.yaml"

NAMES = [
    Mistake("an SOP not named as its file", "BL-301", VAPES, "sop: vapes", "sop: «vaping»"),
    Mistake("a clause id used twice", "BL-302", VAPES, "- id: V-2", "- id: «V-1»"),
    Mistake("an example id used twice", "BL-302", VAPES, "{id: ex-2", "{id: «ex-1»"),
    Mistake("an option used twice in a tree", "BL-302", HEAD, "      beauty: {vi: Làm đẹp, en: Beauty}", "      «phones»: {vi: Làm đẹp, en: Beauty}"),
    Mistake("an unknown subject", "BL-303", VAPES, "subject: listing", "subject: «listings»"),
    Mistake("an unknown owner", "BL-303", VAPES, "owner: safety", "owner: «safty»"),
    Mistake("an unknown owner of a law", "BL-303", LAW, "owner: legal", "owner: «lawyers»"),
    Mistake("an unknown queue", "BL-303", VAPES, "queue: regulated", "queue: «regulatd»"),
    Mistake("an unknown action", "BL-303", VAPES, "action: remove", "action: «delete»"),
    Mistake("an unknown action when nobody can tell", "BL-303", VAPES, "cannot_tell: escalate", "cannot_tell: «escalat»"),
    Mistake("an unknown role", "BL-303", VAPES, "role: counsel", "role: «counsil»"),
    Mistake("an unknown law", "BL-303", VAPES, "basis: [res-1]", "basis: [«res-173»]"),
    Mistake("an unknown word list", "BL-303", REVIEWS, "list: vaping", "list: «vapping»"),
    Mistake("an unknown kind of term", "BL-303", VAPES, "kind: [slang]", "kind: [«slag»]"),
    Mistake("an unknown fact in a clause", "BL-306", VAPES, "{is: cheap, item: other}", "{is: cheap, «itm»: other}"),
    Mistake("an unknown fact in the scope", "BL-306", VAPES, "scope: {category:", "scope: {«categories»:"),
    Mistake("an unknown fact in a definition", "BL-306", VAPES, "  cheap: {price:", "  cheap: {«prize»:"),
    Mistake("an unknown fact among the impossible", "BL-306", HEAD, "  - {category: phones}", "  - {«item»: phones}"),
    Mistake("an unknown fact in an example", "BL-306", VAPES, "price: 90000, claims: no", "«pric»: 90000, claims: no"),
    Mistake("a definition used as a fact", "BL-306", VAPES, "{is: cheap, item: other}", "{«cheap»: yes, item: other}"),
    Mistake("another SOP's fact in a clause", "BL-306", REVIEWS, "when: {paid: yes}", "when: {«item»: other}"),
    Mistake("an unknown definition", "BL-308", VAPES, "when: {is: device}", "when: {is: «devise»}"),
    Mistake("definitions in a circle", "BL-309", VAPES, '  cheap: {price: "< 50000"}', '  cheap: {price: "< 50000", is: «bargain»}'.replace("«bargain»", "bargain")),
    Mistake("an example that expects no clause", "BL-310", VAPES, "expect: V-9", "expect: «V-8»"),
    Mistake("a number outside the fact's range", "BL-311", VAPES, "price: 90000, claims", "price: «-1», claims"),
    Mistake("a number with its unit", "BL-311", VAPES, "price: 90000, claims", "price: «90k», claims"),
    Mistake("an unknown attribute", "BL-313", VAPES, "name: price}", "name: «prices»}"),
    Mistake("an attribute of another subject", "BL-313", REVIEWS, "in: body", "in: «description»"),
    Mistake("an attribute in a list", "BL-313", VAPES, "in: [title, description], values", "in: [title, «body»], values"),
]

TESTS = [
    Mistake("a misspelt option", "BL-307", VAPES, "item: [e_cigarette, heated]", "item: [«e_cigarete», heated]"),
    Mistake("a misspelt option in not", "BL-307", VAPES, "{not: [accessory, other]}", "{not: [accessory, «othr»]}"),
    Mistake("a misspelt node of a tree", "BL-307", VAPES, "{under: electronics}", "{under: «electronic»}"),
    Mistake("a misspelt option in an example", "BL-307", VAPES, "item: e_cigarette}", "item: «cigarette»}"),
    Mistake("a misspelt option for a kind of term", "BL-307", VAPES, "values: {device: e_cigarette}", "values: {device: «cigarette»}"),
    Mistake("a bad range", "BL-307", VAPES, 'price: "1..5"', "price: «5..1»"),
    Mistake("a range past the fact's own", "BL-307", VAPES, '"< 50000"', '«"< 0"»'),
    Mistake("a number that may mean two", "BL-307", VAPES, '"< 50000"', '«"< 50.000"»'),
    Mistake("an unknown word for a test", "BL-307", VAPES, "{not: [accessory, other]}", "{«except»: [accessory, other]}".replace("«except»", "except").replace("{", "«{", 1).replace("]}", "]}»")),
    Mistake("yes asked of a number", "BL-307", VAPES, 'price: "1..5"', "price: «yes»"),
    Mistake("options for a number", "BL-210", VAPES, "    unit: vnd", "    «options»: {a: {vi: a, en: a}}\n    unit: vnd"),
    Mistake("a unit for a choice", "BL-210", HEAD, "    kind: choice", "    kind: choice\n    «unit»: vnd"),
    Mistake("a choice without options", "BL-211", REVIEWS, "  paid:\n    kind: yes_no", "  «shop»:\n    kind: choice\n  paid:\n    kind: yes_no"),
    Mistake("min above max", "BL-212", VAPES, "    min: 0", "    min: «2000000000»"),
    Mistake("two clauses with otherwise", "BL-351", VAPES, "    when: {is: device}\n", "    otherwise: yes\n"),
    Mistake("otherwise with a when", "BL-352", VAPES, "    otherwise: yes", "    otherwise: yes\n    «when»: {is: device}"),
    Mistake("a clause with neither when nor otherwise", "BL-353", VAPES, "- id: V-1\n    title: {vi: Thiết bị, en: Device}\n    when: {is: device}", "- «id»: V-1\n    title: {vi: Thiết bị, en: Device}"),
    Mistake("a condition without a test", "BL-355", VAPES, "when: {is: device}", "«when»: {}"),
]
