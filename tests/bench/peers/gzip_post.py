#!/usr/bin/env python3
"""The simplest thing that could work: all documents as one gzipped JSON array in one plain HTTP POST, again until it is
answered. gzip_post.py serve ADDRESS PORT | gzip_post.py send ADDRESS PORT < documents, one JSON object a line."""

import gzip
import http.client
import http.server
import json
import sys
import time


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"documents": len(json.loads(gzip.decompress(body)))}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_):
        pass


def serve(address, port):
    server = http.server.ThreadingHTTPServer((address, port), Handler)
    print("ready", flush=True)
    server.serve_forever()


def send(address, port):
    documents = [json.loads(line) for line in sys.stdin]
    body = gzip.compress(json.dumps(documents, ensure_ascii=False, separators=(",", ":")).encode(), 9)
    begun, attempts = time.monotonic(), 0
    while True:
        attempts += 1
        try:
            connection = http.client.HTTPConnection(address, port, timeout=600)
            connection.request("POST", "/", body, {"Content-Encoding": "gzip"})
            documents = json.loads(connection.getresponse().read())["documents"]
            break
        except OSError:
            time.sleep(0.2)
    print(json.dumps({"seconds": time.monotonic() - begun, "attempts": attempts, "documents": documents,
                      "body_bytes": len(body)}))


if __name__ == "__main__":
    {"serve": serve, "send": send}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
