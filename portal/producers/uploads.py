"""What is dropped on the bench stays in memory, and never touches a disk."""

from django.core.files.uploadhandler import MemoryFileUploadHandler

LARGEST_MESSAGE = 10 * 1024 * 1024
# The form around a file of that size.
LARGEST_REQUEST = LARGEST_MESSAGE + 64 * 1024


class InMemory(MemoryFileUploadHandler):
    """Files in memory whatever their size; the request's own length is held before."""

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        self.activated = True
