"""The rules. Each takes the tree and the settings of layers.toml and returns what it found, one sentence a problem."""

import re
from collections import defaultdict
from fnmatch import fnmatch

from mimika_lint.cmake import listed_sources, read_targets
from mimika_lint.docs import check_documents
from mimika_lint.event_table import check_event_table
from mimika_lint.manuals import check_manuals
from mimika_lint.pictures import check_pictures
from mimika_lint.tree import folder_of

MOST_LINES = 600
SIZED_SUFFIXES = (".cc", ".h", ".py", ".proto", ".sql", ".sh")
# Put together from parts so that this file passes its own rule.
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")
MACHINE_PATH = re.compile(r"(?<![\w.$}/-])/(?:home|root|work|Users|mnt)/[\w.]")


def edges_between_folders(tree, settings):
    """(from, to) -> the includes that make the edge, over the folders of layers.toml."""
    folders = settings["folders"]
    edges = defaultdict(list)
    for file in tree.code(("kiosk", "ui", "sync")):
        origin = folder_of(file.path, folders)
        for include in file.includes:
            if not include.ours or is_generated(include.name, settings):
                continue
            target = folder_of(include.name, folders)
            if target is not None and target != origin:
                edges[(origin, target)].append(f"{file.path}:{include.line}")
    return edges


def layers(tree, settings):
    """A file includes only from the folders its own folder may know."""
    folders = settings["folders"]
    problems = []
    for file in tree.code(("kiosk", "ui", "sync")):
        if folder_of(file.path, folders) is None:
            problems.append(f"{file.path}: its folder is not in tests/lint/layers.toml")
    for (origin, target), places in sorted(edges_between_folders(tree, settings).items(), key=str):
        if origin is not None and target not in folders[origin]:
            problems += [f"{place}: {origin} must not include from {target}" for place in places]
    for file in tree.code(("kiosk", "ui", "sync")):
        for include in file.includes:
            if not include.ours:
                continue
            if include.name.startswith("tests/"):
                problems.append(f"{file.path}:{include.line}: the product must not include from tests")
            elif not tree.exists(include.name) and not is_generated(include.name, settings):
                problems.append(f'{file.path}:{include.line}: there is no "{include.name}" (paths start at the root)')
    return problems


def is_generated(name, settings):
    return any(fnmatch(name, pattern) for pattern in settings["generated"])


def layers_needed(tree, settings):
    """An edge that layers.toml allows is one that the code uses."""
    used = edges_between_folders(tree, settings)
    problems = []
    for origin, allowed in settings["folders"].items():
        if not any(is_at(path, origin) for path in tree.files):
            problems.append(f"tests/lint/layers.toml: there is no folder {origin}; remove its line")
            continue
        for target in allowed:
            if (origin, target) not in used:
                problems.append(f"tests/lint/layers.toml: {origin} no longer includes from {target}; remove the edge")
    return problems


def find_cycle(graph):
    """One cycle as a list of nodes, the first one repeated at the end; None without any."""
    done, path, on_path = set(), [], set()

    def visit(node):
        path.append(node)
        on_path.add(node)
        for following in sorted(graph.get(node, ())):
            if following in on_path:
                return path[path.index(following):] + [following]
            if following not in done:
                cycle = visit(following)
                if cycle:
                    return cycle
        on_path.discard(path.pop())
        done.add(node)
        return None

    for node in sorted(graph):
        if node not in done:
            cycle = visit(node)
            if cycle:
                return cycle
    return None


def cycles(tree, settings):
    """No file includes itself through others, and the folders form layers."""
    problems = []
    files = {file.path: {i.name for i in file.includes if i.ours and i.name in tree.files} for file in tree.code()}
    cycle = find_cycle(files)
    if cycle:
        problems.append("files include each other in a circle: " + " → ".join(cycle))
    cycle = find_cycle({folder: set(allowed) for folder, allowed in settings["folders"].items()})
    if cycle:
        problems.append("tests/lint/layers.toml allows a circle: " + " → ".join(cycle))
    return problems


def third_party_uses(tree, settings):
    """(rule index, place as layers.toml names it) -> includes; and the includes that no rule allows."""
    used, refused = defaultdict(list), []
    for file in tree.code():
        for include in file.includes:
            if include.ours:
                rules = [(i, r) for i, r in enumerate(settings["third_party"]) if matches(include.name, r["headers"])]
                if not rules:
                    continue
            elif "." not in include.name and "/" not in include.name:
                continue  # the standard library
            else:
                rules = [(i, r) for i, r in enumerate(settings["third_party"]) if matches(include.name, r["headers"])]
                if not rules:
                    refused.append(f"{file.path}:{include.line}: <{include.name}> has no rule in tests/lint/layers.toml")
                    continue
            index, rule = rules[0]
            place = next((place for place in rule["places"] if is_at(file.path, place)), None)
            if place is None:
                where = ", ".join(rule["places"])
                refused.append(f"{file.path}:{include.line}: <{include.name}> belongs only in {where}")
            else:
                used[(index, place)].append(file.path)
    return used, refused


def matches(name, patterns):
    return any(fnmatch(name, pattern) for pattern in patterns)


def is_at(path, place):
    """`place` is a folder, or a single file."""
    return path == place or path.startswith(place + "/")


def third_party(tree, settings):
    """A third-party header stays where layers.toml says, and every place it names is needed."""
    used, problems = third_party_uses(tree, settings)
    for index, rule in enumerate(settings["third_party"]):
        for place in rule["places"]:
            if (index, place) not in used:
                names = ", ".join(rule["headers"])
                problems.append(f"tests/lint/layers.toml: {place} no longer includes {names}; remove the place")
    return problems


def purity(tree, settings):
    """Time, randomness and the environment arrive through Env; only the named places ask the machine itself."""
    problems = []
    for rule in settings["machine"]:
        pattern = re.compile(rule["words"])
        seen = set()
        for file in tree.code(("kiosk", "ui", "sync")):
            for number, line in enumerate(file.lines, start=1):
                if not pattern.search(line.split("//")[0]):
                    continue
                place = next((place for place in rule["places"] if is_at(file.path, place)), None)
                if place is None:
                    problems.append(f"{file.path}:{number}: {rule['what']} must arrive through an interface")
                seen.add(place)
        for place in rule["places"]:
            if place not in seen:
                problems.append(f"tests/lint/layers.toml: {place} no longer needs {rule['what']}; remove the place")
    return problems


def links(tree, settings):
    """What a library links is what its folder includes from: no more, no less."""
    targets = read_targets(tree)
    libraries = {name: t for name, t in targets.items() if t.kind == "kiosk_library"}
    by_folder = defaultdict(list)
    for name, target in libraries.items():
        by_folder[target.folder].append(name)
    problems = []

    def library_of(path, folder):
        """Where a folder holds several libraries, the one that lists the source of a header is meant; of a header that
        has none, the one with a source that begins with the same word."""
        source = re.sub(r"\.h$", ".cc", path)[len(folder) + 1:]
        first_word = re.split(r"[_.]", source)[0]
        of_its_own = [name for name in by_folder[folder] if source in libraries[name].sources]
        akin = [name for name in by_folder[folder]
                if any(re.split(r"[_.]", other)[0] == first_word for other in libraries[name].sources)]
        return (of_its_own or akin or by_folder[folder][-1:])[0]

    def own(target):
        return [name for name in target.links + target.uses if name in libraries]

    def reachable(name):
        seen, waiting = set(), list(own(targets[name]))
        while waiting:
            library = waiting.pop()
            if library not in seen:
                seen.add(library)
                waiting += [link for link in libraries[library].links if link in libraries]
        return seen

    for name, target in libraries.items():
        needed = defaultdict(list)
        for file in tree.code(("kiosk", "ui", "sync")):
            if not is_at(file.path, target.folder) or folder_of(file.path, by_folder) != target.folder:
                continue
            source = re.sub(r"\.h$", ".cc", file.path)
            if tree.exists(source) and source[len(target.folder) + 1:] not in target.sources:
                continue  # belongs to a program of the same folder
            for include in file.includes:
                other = folder_of(include.name, by_folder) if include.ours else None
                if other is not None and other != target.folder:
                    needed[library_of(include.name, other)].append(f"{file.path}:{include.line}")
        where = f"{target.folder}/CMakeLists.txt"
        for library, places in sorted(needed.items()):
            if library not in reachable(name):
                problems.append(f"{where}: {name} includes from {library} ({places[0]}) without linking it")
        for library in own(target):
            if library not in needed:
                problems.append(f"{where}: {name} links {library} without including anything from it")
        for library in target.links:
            if library not in libraries and library in targets:
                problems.append(f"{where}: {name} links {library}, which is no kiosk_library")
    return problems


def listed(tree, settings):
    """Every source is built, every header is used, every test runs."""
    sources = listed_sources(tree)
    included = {include.name for file in tree.code() for include in file.includes if include.ours}
    problems = []
    for file in tree.code():
        if file.path.endswith(".cc") and file.path not in sources:
            what = "test is not run" if file.path.endswith("_test.cc") else "source is not built"
            problems.append(f"{file.path}: this {what}: no CMakeLists.txt lists it")
        elif file.path.endswith(".h") and file.path not in included:
            problems.append(f"{file.path}: nobody includes this header")
    for source in sorted(sources):
        if source.split("/")[0] in ("kiosk", "ui", "sync", "tests") and not tree.exists(source):
            problems.append(f"{source}: listed in a CMakeLists.txt, but there is no such file")
    for path in tree.files:
        if path.endswith("/CMakeLists.txt") and path.count("/") > 0 and not is_added(tree, path):
            problems.append(f"{path}: no add_subdirectory() leads here")
    return problems


def is_added(tree, path):
    folder = path.rsplit("/", 1)[0]
    parts = folder.split("/")
    for depth in range(len(parts)):
        parent = "/".join(parts[:depth])
        file = tree.files.get(f"{parent}/CMakeLists.txt" if parent else "CMakeLists.txt")
        rest = "/".join(parts[depth:])
        if file and "add_subdirectory" in file.text and re.search(rf"(?<![\w/]){re.escape(rest)}(?![\w/])", file.text):
            return True
    return False


def unfinished(tree, settings):
    """Nothing is left for later in a comment."""
    return [
        f"{path}:{number}: '{match.group(1)}': do it, or open an issue"
        for path, file in tree.files.items()
        for number, line in enumerate(file.lines, start=1)
        if (match := UNFINISHED.search(line)) and not path.startswith("assets/")
    ]


def size(tree, settings):
    """No source is longer than 600 lines: it would be two."""
    return [
        f"{path}: {len(file.lines)} lines; at most {MOST_LINES}, so it should become two files"
        for path, file in tree.files.items()
        if path.split("/")[0] in ("kiosk", "ui", "sync", "tests", "packaging")
        and path.endswith(SIZED_SUFFIXES)
        and len(file.lines) > MOST_LINES
    ]


def paths(tree, settings):
    """No path of somebody's machine, and none that leaves the repository."""
    problems = []
    for path, file in tree.files.items():
        for number, line in enumerate(file.lines, start=1):
            match = MACHINE_PATH.search(line)
            if match:
                problems.append(f"{path}:{number}: '{match.group(0)}…' is a path of one machine")
            for up in re.findall(r"(?<![\w.])(?:\.\./)+[\w.-]+", line):
                if up.count("../") > path.count("/") and path.endswith((".md", ".h", ".cc", ".toml", ".json")):
                    problems.append(f"{path}:{number}: '{up}' leaves the repository")
    return problems


def documents(tree, settings):
    """Links and file names in documents and comments lead somewhere."""
    return check_documents(tree)


def pictures(tree, settings):
    """Every picture that the catalogue or a screen names is there."""
    return check_pictures(tree)


def event_table(tree, settings):
    """The document about the event log says what its table says."""
    return check_event_table(tree)


def manuals(tree, settings):
    """Every command and option of a program stands in its manual page."""
    return check_manuals(tree)


RULES = {
    rule.__name__: rule
    for rule in (
        layers,
        layers_needed,
        cycles,
        third_party,
        purity,
        links,
        listed,
        unfinished,
        size,
        paths,
        documents,
        pictures,
        event_table,
        manuals,
    )
}
