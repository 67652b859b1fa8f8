"""A server on loopback that speaks the protocols of language models, as told by the test."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ModelServer:
    """Answers with ``status`` and ``reply`` (raw bytes, or what becomes JSON); remembers what was sent."""

    port: int = 0
    status: int = 200
    reply: Any = None
    delay_seconds: float = 0
    headers: dict[str, str] = field(default_factory=dict)
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def answers(self, answer: Any, **choice: Any) -> None:
        """In OpenAI's protocol, as Ollama and vLLM answer too."""
        content = answer if isinstance(answer, str) else json.dumps(answer)
        message = {"role": "assistant", "content": content}
        self.reply = {
            "id": "chatcmpl-1",
            "object": "chat.completion",
            "model": "small",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"} | choice],
            "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12},
        }

    def answers_as_anthropic(self, answer: Any, **more: Any) -> None:
        used = {"type": "tool_use", "id": "toolu_1", "name": "answer", "input": answer}
        self.reply = {
            "id": "msg_1",
            "type": "message",
            "role": "assistant",
            "model": "small",
            "content": [{"type": "text", "text": "Here it is."}, used],
            "stop_reason": "tool_use",
            "usage": {"input_tokens": 9, "output_tokens": 3},
        } | more


@contextmanager
def model_server() -> Iterator[ModelServer]:
    told = ModelServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # the name that http.server calls
            length = int(self.headers["content-length"])
            body = json.loads(self.rfile.read(length))
            sent = {name.lower(): value for name, value in self.headers.items()}
            told.requests.append((self.path, sent, body))
            time.sleep(told.delay_seconds)
            content = told.reply if isinstance(told.reply, bytes) else json.dumps(told.reply).encode()
            try:
                self.send_response(told.status)
                for name, value in told.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)
            except OSError:
                pass  # the asker did not wait

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield told
    finally:
        server.shutdown()
        server.server_close()
