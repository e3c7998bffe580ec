"""What is counted, for /metrics. One registry a process, made where the parts are wired."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 20, 40, 60)


class Metrics:
    content_type = CONTENT_TYPE_LATEST

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.questions = Counter(
            "acht_questions", "Questions saved, by where they were asked", ["place"], registry=self.registry
        )
        self.answers = Counter(
            "acht_answers", "Answers posted, by where they came from", ["origin"], registry=self.registry
        )
        self.answer_seconds = Histogram(
            "acht_answer_seconds", "From question to posted answer", buckets=SECONDS, registry=self.registry
        )
        self.model_failures = Counter(
            "acht_model_failures",
            "Answers the language model did not give",
            ["reason"],
            registry=self.registry,
        )
        self.notices_sent = Counter("acht_notices_sent", "Notices delivered", ["kind"], registry=self.registry)
        self.notices_put_off = Counter(
            "acht_notices_put_off", "Tries that did not succeed, by why", ["reason"], registry=self.registry
        )
        self.notices_failed = Counter(
            "acht_notices_failed", "Notices given up, by why", ["reason"], registry=self.registry
        )
        self.notices_found = Counter(
            "acht_notices_found", "Notices that Slack had already, though it could not say so", registry=self.registry
        )
        self.notice_delay = Histogram(
            "acht_notice_delay_seconds",
            "From the moment at which a notice should be told to its delivery",
            buckets=(*SECONDS, 300, 1800, 7200),
            registry=self.registry,
        )
        self.too_fast = Counter(
            "acht_slack_too_fast", "Times that Slack said we post too fast (429)", registry=self.registry
        )
        self.notices = Gauge("acht_notices", "Notices now, by how far they are", ["state"], registry=self.registry)
        self.oldest_notice = Gauge(
            "acht_notice_oldest_due_seconds",
            "How long the oldest due notice has waited",
            registry=self.registry,
        )
        self.errors = Counter("acht_errors", "Unexpected errors", ["where"], registry=self.registry)

    def page(self) -> bytes:
        return generate_latest(self.registry)
