"""Lines of a stream that are not messages: text is shown, but nothing that can be JSON with secrets."""

from __future__ import annotations

import pytest

from camp2iac.review.progress.messages import read


@pytest.mark.parametrize(
    "line",
    [
        b'{"u":{"sensitive":true,"value":"s3cr3t"}}',
        b'  "value": "s3cr3t"',
        b'{"sensitive":true,"value":"s3cr3t"},',
        b'[{"password":"s3cr3t"}]',
        b'prefix {"password":"s3cr3t"}',
        b'{"format_version":"1.0","values":{"outputs":{"u":{"value":"s3cr3t"',
        b'\xef\xbb\xbf{"values":{"u":"s3cr3t"}}',
        '{"values":{"u":"s3cr3t"}}'.encode("utf-16-le"),
        b"},",
    ],
)
def test_json_is_not_shown(line: bytes) -> None:
    assert read(line).text is None


@pytest.mark.parametrize("line", [b"Acquiring state lock.", b"+ terraform apply -json", b"it's (done)", b""])
def test_text_is_shown(line: bytes) -> None:
    assert read(line).text == line.decode()


@pytest.mark.parametrize("number", ["NaN", "1e400"])
def test_a_time_that_is_no_number(number: str) -> None:
    found = read(f'{{"type":"apply_complete","@message":"x","hook":{{"elapsed_seconds":{number}}}}}'.encode())
    assert found.message is not None
    assert found.message.hook is not None
    assert found.message.hook.elapsed_seconds == 0
