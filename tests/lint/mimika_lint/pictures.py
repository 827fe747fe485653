"""Pictures named in the catalogue and in screens, against what assets/icons holds."""

import re

CATALOGUE = re.compile(r'"(icon|picture)":\s*"([\w-]+)"')
ICON_IN_CODE = re.compile(r'(?:\bicon\s*=\s*|\bicon\()"([\w-]+)"')
PICTURE_IN_CODE = re.compile(r'(?:\bpicture\s*=\s*|\bpicture\()"([\w-]+/[\w-]+)"(?!\s*\+)')


def check_pictures(tree):
    wanted = []  # (place, path below assets/icons without .svg)
    for path, file in tree.files.items():
        is_catalogue = path.startswith("assets/catalogue/") and path.endswith(".json")
        is_screen = path.startswith("ui/") and path.endswith((".cc", ".h"))
        if not (is_catalogue or is_screen):
            continue
        for number, line in enumerate(file.lines, start=1):
            place = f"{path}:{number}"
            if is_catalogue:
                wanted += [(place, f"{kind}s/{name}") for kind, name in CATALOGUE.findall(line)]
            else:
                wanted += [(place, f"icons/{name}") for name in ICON_IN_CODE.findall(line)]
                wanted += [(place, name) for name in PICTURE_IN_CODE.findall(line)]
    return [
        f"{place}: there is no assets/icons/{name}.svg"
        for place, name in wanted
        if not tree.exists(f"assets/icons/{name}.svg")
    ]
