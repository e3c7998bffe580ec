"""The requests that Slack would send, to the byte: payload, encoding and signature."""

import json
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

from benchmarks import retrieval
from bot.kit.clock import SystemClock
from bot.sandbox import payloads
from bot.sandbox.company import company
from bot.sandbox.records import Message
from bot.sandbox.workspace import Workspace

TOKEN = "xoxb-benchmark"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
KEY = "ZmlmdHktZWlnaHQtZWlnaHQtYmVuY2htYXJrLWtleS0="
COLLEAGUE = "U0NOOR00000"


def commands(text: str) -> Iterator[bytes]:
    """`/acht <text>`, each with a trigger of its own."""
    workspace, _ = _company()
    channel = workspace.channel("#team-utrecht")
    while True:
        body = payloads.slash_command(
            workspace, COLLEAGUE, channel, command="/acht", text=text, response_url="http://127.0.0.1/response/none"
        )
        yield _request(urlencode(body), "application/x-www-form-urlencoded")


def questions() -> Iterator[bytes]:
    """Questions in a colleague's own messages with the bot, each an event of its own."""
    workspace, message = _company()
    event = payloads.message(workspace, workspace.app_dm(COLLEAGUE), message)
    asks = [question["ask"] for question in retrieval.questions("questions")["questions"]]
    n = time.time_ns()
    while True:
        n += 1
        ts = f"{n // 10**9}.{n % 10**6:06}"
        said = event["event"] | {"ts": ts, "event_ts": ts, "text": asks[n % len(asks)]}
        yield _request(json.dumps(event | {"event_id": f"Ev{n:X}", "event": said}), "application/json")


def _company() -> tuple[Workspace, Message]:
    workspace = Workspace(now=SystemClock().now)
    company(workspace)
    return workspace, workspace.post(workspace.app_dm(COLLEAGUE).id, COLLEAGUE, "?")


def _request(body: str, content_type: str) -> bytes:
    now = str(int(time.time()))
    headers = {
        "Host": "127.0.0.1",
        "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
        "Accept": "application/json,*/*",
        "Accept-Encoding": "gzip,deflate",
        "Content-Type": content_type,
        "Content-Length": str(len(body.encode())),
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": SignatureVerifier(SECRET).generate_signature(timestamp=now, body=body),
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /slack/events HTTP/1.1\r\n{head}\r\n{body}".encode()
