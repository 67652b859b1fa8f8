"""What the two protocols say and answer, as plain data.

Both are asked for one JSON object of a given schema: through ``response_format`` by OpenAI's protocol, which
Ollama, vLLM and many others speak, and through a tool that has to be used by Anthropic's.
"""

from dataclasses import dataclass
from typing import Any

from gridlens.analytics.language_model.errors import ModelAnswerUnusable
from gridlens.analytics.language_model.settings import ModelSettings

MOST_TOKENS = 4_096
_ANTHROPIC_VERSION = "2023-06-01"
_NAME = "answer"


@dataclass(frozen=True, slots=True)
class Call:
    """One request: the path below the endpoint, headers, and a body for JSON."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


def call_of(settings: ModelSettings, key: str, rules: str, question: str, schema: dict[str, Any]) -> Call:
    if settings.protocol == "anthropic":
        headers = {"anthropic-version": _ANTHROPIC_VERSION} | ({"x-api-key": key} if key else {})
        tool = {"name": _NAME, "description": "Gives the answer.", "input_schema": schema}
        return Call(
            "/messages",
            headers,
            {
                "model": settings.model,
                "max_tokens": MOST_TOKENS,
                "system": rules,
                "messages": [{"role": "user", "content": question}],
                "tools": [tool],
                "tool_choice": {"type": "tool", "name": _NAME},
                "stream": False,
            },
        )
    return Call(
        "/chat/completions",
        {"authorization": f"Bearer {key}"} if key else {},
        {
            "model": settings.model,
            "messages": [{"role": "system", "content": rules}, {"role": "user", "content": question}],
            "temperature": 0,
            "stream": False,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": _NAME, "schema": schema, "strict": False},
            },
        },
    )


def answer_in(settings: ModelSettings, reply: Any) -> Any:
    """The JSON object, or the text that should be one, in what an endpoint answered.

    Raises:
        ModelAnswerUnusable: it declined, was cut off, or answered something else altogether.
    """
    try:
        return _of_anthropic(reply) if settings.protocol == "anthropic" else _of_openai(reply)
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise ModelAnswerUnusable(
            "The endpoint answered in another protocol. An administrator can choose the other one in the "
            "settings."
        ) from error


def _of_openai(reply: Any) -> Any:
    choice = reply["choices"][0]
    message = choice["message"]
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise ModelAnswerUnusable("The language model declined to answer this. Ask in other words.")
    if choice.get("finish_reason") == "length":
        raise ModelAnswerUnusable("The language model's answer was cut off. Ask a shorter question.")
    return message["content"]


def _of_anthropic(reply: Any) -> Any:
    stopped, content = reply["stop_reason"], reply["content"]
    if stopped == "refusal":
        raise ModelAnswerUnusable("The language model declined to answer this. Ask in other words.")
    if stopped == "max_tokens":
        raise ModelAnswerUnusable("The language model's answer was cut off. Ask a shorter question.")
    used = [part["input"] for part in content if part["type"] == "tool_use" and part["name"] == _NAME]
    return used[0] if used else content[0]["text"]
