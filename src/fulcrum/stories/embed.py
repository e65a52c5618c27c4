"""Texts as points whose angle says how alike they are: a static embedding for English, else character TF-IDF.

The English one is a table of one vector per word piece (`model/NOTICE`), read with NumPy alone; a text is the
mean of its pieces. The other knows no language: pieces of three to five signs within words, weighted by how
rare they are, and their main directions (latent semantic analysis).
"""

import json
import re
import struct
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from fulcrum.stories.redact import MASK, folded

Points = NDArray[np.float32]

MODEL = Path(__file__).parent / "model"
DIRECTIONS = 64
_PIECE = re.compile(r"\w+|[^\w\s]")
_LONGEST_WORD = 100
_MOST_PIECES = 20_000


def embedded(texts: Sequence[str], *, is_english: bool, seed: int) -> Points:
    """One point of length 1 per text, (texts, directions); masks in brackets say nothing of the content."""
    bare = [MASK.sub(" ", text) for text in texts]
    points = static_points(bare) if is_english else character_points(bare, seed=seed)
    points = points - points.mean(axis=0)  # what all of them speak of tells none of them apart
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def static_points(texts: Sequence[str]) -> Points:
    """The mean vector of each text's word pieces; zero for a text without any known one."""
    vectors, pieces = _model()
    known: dict[str, list[int]] = {}
    counts = _counts([_words_of(text) for text in texts], known, pieces, len(vectors))
    used = np.unique(counts.indices)
    sums = counts[:, used] @ vectors[used].astype(np.float32)
    return np.asarray(sums / np.maximum(counts.sum(axis=1).A1, 1)[:, np.newaxis], dtype=np.float32)


def character_points(texts: Sequence[str], *, seed: int) -> Points:
    """TF-IDF of pieces of three to five signs, in its main directions.

    tf = 1 + ln(count), idf = ln((1 + n) / (1 + texts with it)) + 1 (Salton & Buckley 1988); the directions
    are those of a randomised singular value decomposition (Halko, Martinsson & Tropp 2011) from `seed`.
    """
    words: dict[str, int] = {}
    rows = [[words.setdefault(folded(word), len(words)) for word in _PIECE.findall(text)] for text in texts]
    by_word = _matrix(rows, len(words))
    pieces: dict[str, int] = {}
    spelt = [[pieces.setdefault(piece, len(pieces)) for piece in _spelling(word)] for word in words]
    counts = (by_word @ _matrix(spelt, len(pieces))).tocsr()
    found = np.asarray((counts > 0).sum(axis=0)).ravel()
    order = np.lexsort((np.array(list(pieces), dtype=object), -found)) if pieces else np.array([], dtype=int)
    kept = order[found[order] >= min(2, len(texts))][:_MOST_PIECES]
    counts = counts[:, kept].astype(np.float64)
    counts.data = 1 + np.log(counts.data)
    weighted = counts.multiply(np.log((1 + len(texts)) / (1 + found[kept])) + 1).tocsr()
    return _main_directions(_unit_rows(weighted), seed)


def _main_directions(rows: Any, seed: int) -> Points:
    size = min(DIRECTIONS, *rows.shape)
    if size == 0:
        return np.zeros((rows.shape[0], 1), dtype=np.float32)
    start = np.random.default_rng(seed).standard_normal((rows.shape[1], min(size + 8, rows.shape[1])))
    basis = np.linalg.qr(rows @ start)[0]
    for _ in range(2):
        basis = np.linalg.qr(rows @ np.linalg.qr(rows.T @ basis)[0])[0]
    left, values, _ = np.linalg.svd(np.asarray(basis.T @ rows), full_matrices=False)
    return np.asarray((basis @ left[:, :size]) * values[:size], dtype=np.float32)


def _unit_rows(rows: Any) -> Any:
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1).A1)
    return sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows


def _spelling(word: str) -> list[str]:
    framed = f" {word[:_LONGEST_WORD]} "
    return [framed[i : i + size] for size in (3, 4, 5) for i in range(len(framed) - size + 1)] or [framed]


def _matrix(rows: Sequence[Sequence[int]], width: int) -> Any:
    ends = np.cumsum([0, *(len(row) for row in rows)])
    places = np.fromiter((place for row in rows for place in row), dtype=np.int64, count=int(ends[-1]))
    made = sparse.csr_matrix((np.ones(len(places)), places, ends), shape=(len(rows), width))
    made.sum_duplicates()
    return made


def _counts(
    texts: Sequence[Sequence[str]], known: dict[str, list[int]], pieces: dict[str, int], width: int
) -> Any:
    rows = []
    for words in texts:
        row: list[int] = []
        for word in words:
            if word not in known:
                known[word] = _pieces_of(word, pieces)
            row += known[word]
        rows.append(row)
    return _matrix(rows, width).astype(np.float32)


def _words_of(text: str) -> list[str]:
    if text.isascii():
        return _PIECE.findall(text.lower())
    bare = unicodedata.normalize("NFD", text.lower())
    return _PIECE.findall("".join(sign for sign in bare if not unicodedata.combining(sign)))


def _pieces_of(word: str, pieces: dict[str, int]) -> list[int]:
    """The longest known pieces from the left; none where the word cannot be made of them (WordPiece)."""
    found: list[int] = []
    at = 0
    while at < len(word) <= _LONGEST_WORD:
        for end in range(len(word), at, -1):
            piece = ("##" if at else "") + word[at:end]
            if piece in pieces:
                found.append(pieces[piece])
                at = end
                break
        else:
            return []
    return found


@cache
def _model() -> tuple[NDArray[np.int8], dict[str, int]]:
    """The table of vectors and its words. Safetensors: length of the header, header as JSON, the numbers."""
    content = (MODEL / "model.safetensors").read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    about = json.loads(content[8 : 8 + length])["embeddings"]
    start, end = about["data_offsets"]
    vectors = np.frombuffer(content[8 + length + start : 8 + length + end], np.int8).reshape(about["shape"])
    tokens = json.loads((MODEL / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    return vectors, dict(tokens)
