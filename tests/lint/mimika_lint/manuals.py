"""The manual pages name every command and every option that a program's source adds."""

import re

# Page -> the sources in which its program's command line is put together.
PAGES = {
    "docs/man/mimika-kiosk.8": re.compile(r"kiosk/app/main\.cc"),
    "docs/man/mimika-kiosk-ctl.8": re.compile(r"kiosk/app/ctl_\w+\.cc"),
    "docs/man/mimika-central.8": re.compile(r"sync/central/main\.cc"),
}
COMMAND = re.compile(r"\badd_subcommand\(\s*\"([a-z-]+)\"|\bcommand\(\s*&?\w+,\s*\"([a-z-]+)\"|\bnamed\(\s*\"([a-z-]+)\"")
OPTION = re.compile(r"\badd_(?:option|flag)\(\s*\"--([a-z-]+)\"|\bset_version_flag\(\s*\"--([a-z-]+)\"")


def check_manuals(tree):
    problems = []
    for page, sources in PAGES.items():
        code = [file for path, file in tree.files.items() if sources.fullmatch(path)]
        if not code:
            continue
        if page not in tree.files:
            problems.append(f"there is no {page}")
            continue
        commands, options = named_in(tree.files[page].text)
        for file in code:
            for known, found, what in ((commands, COMMAND, "command"), (options, OPTION, "option --")):
                for match in found.finditer(file.text):
                    name = next(group for group in match.groups() if group)
                    if name not in known:
                        space = "" if what.endswith("--") else " "
                        problems.append(f"{page}: {file.path} has the {what}{space}{name}, and the page does not name it")
    return problems


def named_in(text):
    commands, options = set(), set()
    for line in text.splitlines():
        for words in re.findall(r"\bCm((?: [a-z-]+\b)+)", line.replace(",", "")):
            commands.update(words.split())
        options.update(re.findall(r"\bFl -([a-z-]+)", line))
    return commands, options
