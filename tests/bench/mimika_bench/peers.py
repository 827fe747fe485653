"""The peers of the drain: PouchDB to express-pouchdb, and one gzipped POST. Both over plain HTTP."""

import json
import shutil
import subprocess
import sys
import threading
import uuid
from pathlib import Path

from mimika_bench.proxy import CountingProxy
from mimika_bench.stories import filings
from mimika_e2e.common import choose_port, closing_all, expect, private_folder

PEERS = Path(__file__).resolve().parents[1] / "peers"
INSTALL_SECONDS = 600
PATIENCE_SECONDS = 3600


def documents(count):
    """The complaints that the kiosk files, as a web application keeps them: JSON with a random id."""
    lines = []
    for number, line in enumerate(filings(count, seed=7)):
        document = {"_id": str(uuid.UUID(int=uuid.uuid5(uuid.NAMESPACE_OID, str(number)).int, version=4))}
        document.update(json.loads(line))
        lines.append(json.dumps(document, ensure_ascii=False))
    return "\n".join(lines)


def prepare_pouchdb(folder):
    """The folder with the packages, installed by npm once, outside the sources."""
    target = private_folder(folder / "peer-pouchdb")
    for file in (PEERS / "pouchdb").iterdir():
        shutil.copy(file, target / file.name)
    wanted = (target / "package.json").read_text(encoding="utf-8")
    installed = target / "installed"
    if not installed.exists() or installed.read_text(encoding="utf-8") != wanted:
        install = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run(install, cwd=target, check=True, timeout=INSTALL_SECONDS, stdin=subprocess.DEVNULL,
                       stdout=sys.stderr)
        installed.write_text(wanted, encoding="utf-8")
    return target


class Server:
    """A process that says "ready" once it listens."""

    def __init__(self, command, folder):
        self.log = open(folder / "peer.log", "ab")
        self.process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                        stderr=self.log, text=True)
        expect(self.process.stdout.readline().strip() == "ready", f"{command[-3]} does not start; see {self.log.name}")
        # What it prints later must not block it.
        threading.Thread(target=self.process.stdout.read, daemon=True).start()

    def stop(self):
        self.process.kill()
        self.process.wait()
        self.log.close()


def run_client(command, folder, text):
    result = subprocess.run(command, cwd=folder, input=text, capture_output=True, text=True, check=True,
                            timeout=PATIENCE_SECONDS)
    return json.loads(result.stdout.strip().splitlines()[-1])


def drain_pouchdb(folder, count, batch, host, near=(), far=()):
    """Seconds and more of one replication of `count` documents in batches."""
    port = choose_port(0)
    with closing_all() as things:
        things.append(Server([*far, "node", "server.js", host, str(port)], folder))
        return run_client([*near, "node", "client.js", f"http://{host}:{port}/complaints", str(batch)], folder,
                          documents(count))


def count_pouchdb(folder, count, batch):
    """(up, down) bytes a document at the socket, on a network without faults."""
    port = choose_port(0)
    with closing_all() as things:
        things.append(Server(["node", "server.js", "127.0.0.1", str(port)], folder))
        proxy = CountingProxy(port)
        things.append(proxy)
        run_client(["node", "client.js", f"http://127.0.0.1:{proxy.port}/complaints", str(batch)], folder,
                   documents(count))
        up, down, _ = proxy.take()
    return up / count, down / count


def drain_gzip(folder, count, host, near=(), far=()):
    port, program = choose_port(0), PEERS / "gzip_post.py"
    with closing_all() as things:
        things.append(Server([*far, sys.executable, program, "serve", host, str(port)], folder))
        return run_client([*near, sys.executable, program, "send", host, str(port)], folder, documents(count))
