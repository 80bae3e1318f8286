"""Files wherever Spark can reach them: on a disk, HDFS, or an object store, through Hadoop."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote, urlsplit

from brightline.i18n import _
from brightline.screening.errors import UnusableCases

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_BLOCK = 1 << 20


class Files:
    """What the driver does with files and folders. Names are those of Spark: nothing in
    them is encoded."""

    def __init__(self, session: SparkSession) -> None:
        self._jvm: Any = session.sparkContext._jvm
        self._settings: Any = session.sparkContext._jsc.hadoopConfiguration()

    def full(self, name: str) -> str:
        """The whole name, scheme and all. A relative one is seen from where this process is."""
        path = self._path(name)
        system = path.getFileSystem(self._settings)
        if path.toUri().getScheme() is None and system.getUri().getScheme() == "file":
            path = self._path(f"file:{Path(name).absolute()}")
        return str(system.makeQualified(path).toString())

    def exists(self, name: str) -> bool:
        """Whether there is a file or a folder of that name."""
        return bool(self._system(name).exists(self._path(name)))

    def parts(self, folder: str) -> list[str]:
        """The URIs of the Parquet files in a folder, in order; none where there is no folder."""
        if not self.exists(folder):
            return []
        found = self._system(folder).listStatus(self._path(folder))
        uris = [str(one.getPath().toUri().toString()) for one in found]
        return sorted(uri for uri in uris if uri.endswith(".parquet"))

    def rename(self, old: str, new: str) -> None:
        """Give a file or folder a name that is free. Raises `OSError` where that cannot be."""
        if not self._system(old).rename(self._path(old), self._path(new)):
            raise OSError(_("{path} cannot be written: {error}").format(path=new, error="rename"))

    def delete(self, name: str) -> None:
        """Remove a file or folder, if it is there."""
        self._system(name).delete(self._path(name), True)

    def make_folder(self, name: str) -> None:
        """Make a folder, and those above it."""
        self._system(name).mkdirs(self._path(name))

    def write(self, name: str, blocks: Iterable[bytes]) -> None:
        """Write a new file."""
        system = self._system(name)
        system.setWriteChecksum(False)  # on a disk: no second file beside it
        stream = system.create(self._path(name), False)
        try:
            for block in blocks:
                stream.write(block)
        finally:
            stream.close()

    def open(self, uri: str) -> BinaryIO:
        """Open a file for reading. `uri` as Spark lists it, with %20 and the like."""
        parts = urlsplit(uri)
        if parts.scheme == "file":
            return Path(unquote(parts.path)).open("rb")
        return io.BufferedReader(self.remote(uri), 1 << 16)

    def remote(self, uri: str) -> HadoopFile:
        """A file read through Hadoop, wherever it is."""
        path = self._jvm.org.apache.hadoop.fs.Path(self._jvm.java.net.URI(uri))
        system = path.getFileSystem(self._settings)
        size = int(system.getFileStatus(path).getLen())
        toolkit = self._jvm.org.apache.commons.io.IOUtils
        return HadoopFile(system.open(path), toolkit, size)

    def _path(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(name)

    def _system(self, name: str) -> Any:
        return self._path(name).getFileSystem(self._settings)


class HadoopFile(io.RawIOBase):
    """A file that the JVM has opened, as a file of Python's."""

    def __init__(self, stream: Any, toolkit: Any, size: int) -> None:
        super().__init__()
        self._stream, self._toolkit, self._size, self._at = stream, toolkit, size, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._size - self._at, _BLOCK)
        if wanted <= 0:
            return 0
        self._stream.seek(self._at)
        found = bytes(self._toolkit.toByteArray(self._stream, wanted))
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


def said_of_spark(error: Exception) -> str:
    """What a Java error says, in a line."""
    java = getattr(error, "java_exception", None)
    text = str(java.toString()) if java is not None else str(error)
    return " ".join(text.split())[:300]


def no_such(path: str, error: Exception) -> UnusableCases:
    """A file or folder that Spark cannot get at."""
    return UnusableCases(
        _("{path} cannot be read: {error}").format(path=path, error=said_of_spark(error))
    )
