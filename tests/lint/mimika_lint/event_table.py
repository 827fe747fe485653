"""The table of events, and whether the document about it is what the table says."""

import importlib.util

FOLDER = "kiosk/eventlog"
TABLE, GENERATOR, DOCUMENT = f"{FOLDER}/events.json", f"{FOLDER}/make_events.py", "docs/event-log.md"


def load_generator(tree):
    spec = importlib.util.spec_from_file_location("make_events", tree.root / GENERATOR)
    generator = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(generator)
    return generator


def check_event_table(tree):
    if TABLE not in tree.files:
        return []
    if DOCUMENT not in tree.files:
        return [f"{DOCUMENT}: is not there, and {TABLE} is"]
    generator = load_generator(tree)
    document = tree.files[DOCUMENT].text
    try:
        table = generator.read_table(tree.files[TABLE].text)
        wanted = generator.put_between_marks(document, generator.make_doc(table))
    except (generator.TableError, ValueError, KeyError) as problem:
        return [f"{TABLE}: {problem}"]
    if document != wanted:
        return [f"{DOCUMENT}: is not what {TABLE} says; {GENERATOR} {TABLE} --doc {DOCUMENT} writes it anew"]
    return []
