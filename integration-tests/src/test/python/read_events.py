"""Reads Tidegate's topics from their beginning to where they end now, and checks each record against the contracts.

Needs nothing but the AsyncAPI document and the JSON Schemas, as any subscriber. Prints a summary as JSON; exits with 0 if all was
read and nothing is wrong, with 1 otherwise.
"""

import argparse
import json
import pathlib
import re
import sys
import time
from collections import Counter
from datetime import datetime

import yaml
from confluent_kafka import OFFSET_BEGINNING, TIMESTAMP_LOG_APPEND_TIME, Consumer, KafkaError, TopicPartition
from jsonschema import Draft202012Validator

WITHOUT_BODY = {"policy", "workload", "target"}
MAX_PROBLEMS = 20


class Contracts:
    """The AsyncAPI document and the schemas that it refers to."""

    def __init__(self, folder: pathlib.Path):
        self.document = yaml.safe_load((folder / "asyncapi.yaml").read_text(encoding="utf-8"))
        self.channels = {channel["address"]: channel for channel in self.document["channels"].values()}
        self.types, self.bodies, self.headers, self.keys = {}, {}, {}, {}
        for name, message in self.document["components"]["messages"].items():
            schema = json.loads((folder / message["payload"]["schema"]["$ref"]).read_text(encoding="utf-8"))
            Draft202012Validator.check_schema(schema)
            self.types[message["name"]] = name
            self.bodies[name] = Draft202012Validator(schema)
            self.headers[name] = self._part(message["headers"])
            self.keys[name] = self._part(message["bindings"]["kafka"]["key"])

    def _part(self, schema):
        """A schema inside the document, with the document's own schemas within its reach."""
        return Draft202012Validator({**schema, "components": self.document["components"]})


def murmur2(data: bytes) -> int:
    """The hash that Kafka's producers use, as an unsigned number of 32 bits."""
    factor, mask = 0x5BD1E995, 0xFFFFFFFF
    value = 0x9747B28C ^ len(data)
    whole = len(data) & ~3
    for i in range(0, whole, 4):
        word = int.from_bytes(data[i : i + 4], "little") * factor & mask
        word = (word ^ word >> 24) * factor & mask
        value = (value * factor & mask) ^ word
    if whole < len(data):
        value = (value ^ int.from_bytes(data[whole:], "little")) * factor & mask
    value = (value ^ value >> 13) * factor & mask
    return value ^ value >> 15


def partition_of(key: str, partitions: int) -> int:
    """Records lie by the first two segments of their key, cluster and namespace; ticks and heartbeats where they say."""
    if key.startswith(("tick/", "heartbeat/")):
        return int(key.split("/")[1])
    return (murmur2("/".join(key.split("/")[:2]).encode()) & 0x7FFFFFFF) % partitions


def distinct(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a property is given twice")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is no JSON number")


def first_error(validator, value):
    """Where and what, without the value itself."""
    error = next(iter(sorted(validator.iter_errors(value), key=lambda e: e.json_path)), None)
    return None if error is None else f"{error.json_path} breaks {error.validator}"


def key_of(name: str, body: dict) -> str:
    if name in ("tick", "heartbeat"):
        return f"{name}/{body['partition']}"
    if name == "policy" or (name == "target" and not body["ruling"]):
        return body["policy"]
    return body["workload"]


def problem_of(record, contracts: Contracts, channel: dict, partitions: int):
    """What is wrong with a record; None if nothing is."""
    headers = {name: (value or b"").decode("utf-8") for name, value in record.headers() or []}
    name = contracts.types.get(headers.get("ce_type"))
    if name is None or name not in channel["messages"]:
        return "ce_type is not one of its topic"
    error = first_error(contracts.headers[name], headers)
    if error:
        return f"headers: {error}"
    datetime.fromisoformat(re.sub(r"\.\d+", "", headers["ce_time"]).replace("Z", "+00:00"))
    key = (record.key() or b"").decode("utf-8")
    error = first_error(contracts.keys[name], key)
    if error:
        return f"key: {error}"
    if record.partition() != partition_of(key, partitions):
        return f"it lies in partition {record.partition()}, not in {partition_of(key, partitions)}"
    if record.value() is None:
        return None if name in WITHOUT_BODY else "it has no body"
    body = json.loads(record.value(), object_pairs_hook=distinct, parse_constant=refuse_constant)
    error = first_error(contracts.bodies[name], body)
    if error:
        return f"body: {error}"
    return None if key == key_of(name, body) else "the key is not the body's"


def dead_letter_problem(record):
    names = {name for name, _ in record.headers() or []}
    return None if "dead-letter-reason" in names else "the header dead-letter-reason is missing"


class Summary:
    def __init__(self):
        self.topics, self.problems, self.wrong, self.read = {}, [], 0, 0

    def count(self, topic, record, problem):
        self.read += 1
        types = dict(record.headers() or []).get("ce_type", b"").decode("utf-8", "replace")
        counts = self.topics[topic]
        counts["records"] += 1
        counts["tombstones"] += record.value() is None
        counts["types"][types] += 1
        if problem:
            self.wrong += 1
            if len(self.problems) < MAX_PROBLEMS:
                place = {"topic": topic, "partition": record.partition(), "offset": record.offset()}
                self.problems.append({**place, "problem": problem})


def check(record, contracts, topic, partitions):
    channel = contracts.channels[topic]
    try:
        if topic.endswith(".dlq"):
            return dead_letter_problem(record)
        append_time = channel["bindings"]["kafka"]["topicConfiguration"].get("message.timestamp.type") == "LogAppendTime"
        if append_time and record.timestamp()[0] != TIMESTAMP_LOG_APPEND_TIME:
            return "its time is not the append time"
        return problem_of(record, contracts, channel, partitions)
    except ValueError as error:
        return f"{type(error).__name__}: not readable" if isinstance(error, UnicodeError) else f"not readable: {error}"


def read(arguments, contracts: Contracts):
    consumer = Consumer(
        {
            "bootstrap.servers": arguments.bootstrap_servers,
            "group.id": "read-events",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    summary = Summary()
    try:
        wanted = {arguments.prefix + topic: topic for topic in contracts.channels}
        present = consumer.list_topics(timeout=10).topics
        partitions = {topic: len(present[topic].partitions) for topic in wanted if topic in present}
        for topic in partitions:
            summary.topics[wanted[topic]] = {
                "partitions": partitions[topic],
                "records": 0,
                "tombstones": 0,
                "types": Counter(),
            }
        open_ends = {(topic, i) for topic, count in partitions.items() for i in range(count)}
        consumer.assign([TopicPartition(topic, i, OFFSET_BEGINNING) for topic, i in open_ends])
        deadline = time.monotonic() + arguments.seconds
        while open_ends and summary.read < arguments.records and time.monotonic() < deadline:
            for record in consumer.consume(500, timeout=0.5):
                if record.error() is None:
                    topic = wanted[record.topic()]
                    summary.count(topic, record, check(record, contracts, topic, partitions[record.topic()]))
                elif record.error().code() == KafkaError._PARTITION_EOF:
                    open_ends.discard((record.topic(), record.partition()))
                else:
                    raise SystemExit(f"cannot read: {record.error()}")
    finally:
        consumer.close()
    missing = sorted(set(contracts.channels) - set(summary.topics))
    return {
        "complete": not open_ends and not missing,
        "missing": missing,
        "topics": dict(sorted(summary.topics.items())),
        "wrong": summary.wrong,
        "problems": summary.problems,
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bootstrap-servers", required=True)
    parser.add_argument("--contracts", required=True, type=pathlib.Path, help="folder of asyncapi.yaml and schemas")
    parser.add_argument("--prefix", default="", help="what the names of the topics begin with")
    parser.add_argument("--seconds", type=float, default=30, help="how long to read at most")
    parser.add_argument("--records", type=int, default=100_000, help="how many records to read at most")
    arguments = parser.parse_args()
    summary = read(arguments, Contracts(arguments.contracts))
    json.dump(summary, sys.stdout, indent=2)
    print()
    return 0 if summary["complete"] and not summary["wrong"] else 1


if __name__ == "__main__":
    sys.exit(main())
