"""What may be sent as files: streamed to disk, never more than the limit, told as a sentence and no crash."""

from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from fulcrum.core.errors import WrongUse
from fulcrum.records.actions.exports import LARGEST

_AROUND = 1_000_000  # the form around the files


class LimitedUpload(TemporaryFileUploadHandler):
    """Streams files to disk; leaves all of them out of a request that is larger than the limit."""

    def handle_raw_input(
        self, input_data: Any, META: dict[str, str], content_length: int, *rest: Any
    ) -> None:
        """Look at the length before anything is read."""
        self.is_too_large = content_length > LARGEST + _AROUND
        if self.request is not None:
            self.request.META["fulcrum.too_large"] = self.is_too_large

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Count what really comes, where no length was told."""
        self.received = getattr(self, "received", 0) + len(raw_data)
        if self.received > LARGEST + _AROUND:
            self.is_too_large = True
            if self.request is not None:
                self.request.META["fulcrum.too_large"] = True
            raise SkipFile
        return super().receive_data_chunk(raw_data, start)

    def new_file(self, *args: Any, **named: Any) -> None:
        """Leave a file of an over-long request unread."""
        if self.is_too_large:
            raise SkipFile
        super().new_file(*args, **named)


def files_in(request: HttpRequest, name: str) -> list[Any]:
    """The files that came under `name`; raises `WrongUse` where they were too large or none was chosen."""
    found = request.FILES.getlist(name)
    if request.META.get("fulcrum.too_large"):
        raise WrongUse(f"That is more than {LARGEST // 1_000_000} MB at once. Bring fewer files, or Parquet.")
    if not found:
        raise WrongUse("No file was chosen.")
    return found
