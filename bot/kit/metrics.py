"""What is counted, for /metrics. One registry a process, made where the parts are wired."""

from prometheus_client import CollectorRegistry, Counter, Histogram
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
        self.errors = Counter("acht_errors", "Unexpected errors", ["where"], registry=self.registry)

    def page(self) -> bytes:
        return generate_latest(self.registry)
