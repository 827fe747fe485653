"""Links of documents, and the files that documents and comments name."""

import posixpath
import re

LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")
# `kiosk/base/limits.h` in a document, docs/wire.md in a comment: a path from the root.
NAMED_FILE = re.compile(r"`((?:kiosk|ui|sync|assets|packaging|tests|docs|cmake)/[\w./-]+)`")
NAMED_DOCUMENT = re.compile(r"\b(docs/[\w-]+\.md)\b")
HEADING = re.compile(r"^#+\s+(.*)$", re.MULTILINE)


def anchors_of(text):
    found = set()
    for heading in HEADING.findall(text):
        plain = re.sub(r"[`*_]", "", heading).strip().lower()
        found.add(re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", plain)))
    return found


def check_link(tree, path, target):
    if re.match(r"[a-z]+:", target):
        return None  # another site: not ours to fetch from a test
    file, _, anchor = target.partition("#")
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path
    if goal.startswith("..") or not tree.exists(goal):
        return f"the link to '{target}' leads nowhere"
    if anchor and goal in tree.files and anchor not in anchors_of(tree.files[goal].text):
        return f"'{goal}' has no heading for '#{anchor}'"
    return None


def check_documents(tree):
    problems = []
    for path, file in tree.files.items():
        is_document = path.endswith(".md")
        is_code = path.endswith((".cc", ".h", ".proto", ".sql", ".py", "CMakeLists.txt", ".cmake"))
        if not (is_document or is_code):
            continue
        for number, line in enumerate(file.lines, start=1):
            if is_document:
                for match in LINK.finditer(line):
                    trouble = check_link(tree, path, match.group(1) or match.group(2))
                    if trouble:
                        problems.append(f"{path}:{number}: {trouble}")
                for named in NAMED_FILE.findall(line):
                    if not tree.exists(named.rstrip("/.")):
                        problems.append(f"{path}:{number}: there is no {named}")
            elif not path.startswith("tests/lint/"):
                for named in NAMED_DOCUMENT.findall(line):
                    if not tree.exists(named):
                        problems.append(f"{path}:{number}: there is no {named}")
    return problems
