"""Measures classify train, with its cross-validation, beside one fit of
scikit-learn on the same calls: seconds of the whole process and its peak
memory, at growing numbers of calls."""
import glob
import json
import os
import random
import re
import resource
import subprocess
import sys
import time

NAMES = "Alder Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple Oak Pine Rowan Sorrel Teasel Willow Yarrow".split()
HAN = "王李张刘陈杨赵黄周吴徐孙胡朱高林"


def base(folder, own):
    found = []
    for path in sorted(glob.glob(os.path.join(folder, "*.jsonl"))) + [own]:
        with open(path, encoding="utf-8") as f:
            for line in f:
                call = json.loads(line)
                found.append({"label": call["label"], "source": call.get("source") or "own", "group": call.get("group") or call["id"],
                              "lang": call.get("lang", ""), "turns": [{"speaker": t.get("speaker", ""), "text": t["text"]} for t in call["turns"]]})
    return found


def varied(text, rng):
    text = re.sub(r"\d", lambda _: str(rng.randrange(10)), text)
    text = re.sub(r"(?<=[a-z,] )[A-Z][a-z]{2,}", lambda _: rng.choice(NAMES), text)
    return re.sub("[" + HAN + "](?=先生|女士|经理|警官)", lambda _: rng.choice(HAN), text)


def write(path, calls, n):
    """Writes n calls: each is a call with other numbers and names, cut at one
    end or followed by a part of another call of its label and language."""
    rng = random.Random(7)
    like = {}
    for c in calls:
        like.setdefault((c["label"], c["source"]), []).append(c)
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            c = rng.choice(calls)
            turns = list(c["turns"])
            if len(turns) > 3 and rng.random() < 0.4:
                cut = rng.randrange(1, len(turns) // 2 + 1)
                turns = turns[cut:] if rng.random() < 0.5 else turns[:-cut]
            if rng.random() < 0.2:
                other = rng.choice(like[c["label"], c["source"]])["turns"]
                turns = turns + other[rng.randrange(len(other)):]
            turns = [{"speaker": t["speaker"], "text": varied(t["text"], rng)} for t in turns]
            f.write(json.dumps({"id": "c%d" % i, "label": c["label"], "source": c["source"], "group": c["group"], "lang": c["lang"], "turns": turns}, ensure_ascii=False) + "\n")


def fit(path):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    labels, texts = [], []
    with open(path, encoding="utf-8") as f:
        for line in f:
            call = json.loads(line)
            labels.append(call["label"])
            texts.append(" ".join(t["text"].replace("\n", " ") for t in call["turns"]))
    make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=200)).fit(texts, labels)


def measured(command):
    """Returns seconds, seconds of processor and megabytes of one run."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        start = time.time()
        if subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode not in (0, 1):
            os._exit(1)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        os.write(writer, b"%f %f %f" % (time.time() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as r:
        told = r.read()
    if os.waitpid(child, 0)[1] != 0:
        sys.exit("%s failed" % " ".join(command))
    return [float(x) for x in told.split()]


def main(work, program, folder, sizes):
    own = os.path.join(work, "own.jsonl")
    with open(own, "wb") as f:
        subprocess.run([program, "convert", "corpus", "--to", "jsonl"], stdout=f, check=True)
    calls = base(folder, own)
    print("| calls | MB | classify train, s | of processor | MB of memory | ms a call | scikit-learn fit, s | of processor | MB of memory | times its seconds |\n|---|---|---|---|---|---|---|---|---|---|")
    slopes = []
    for n in sizes:
        path = os.path.join(work, "calls.jsonl")
        write(path, calls, n)
        s, p, m = measured([program, "train", path, "-o", os.path.join(work, "model.json")])
        ks, kp, km = measured([sys.executable, __file__, "fit", path])
        print("| %d | %.0f | %.1f | %.1f | %.0f | %.2f | %.1f | %.1f | %.0f | %.2f |" % (n, os.path.getsize(path) / 1e6, s, p, m, 1000 * s / n, ks, kp, km, s / ks), flush=True)
        slopes.append((n, s, p, m))
    for (a, sa, pa, ma), (b, sb, pb, mb) in zip(slopes, slopes[1:]):
        print("from %d to %d calls: %.2f ms and %.1f KB for each more (%.2f ms of processor)" % (a, b, 1000 * (sb - sa) / (b - a), 1024 * (mb - ma) / (b - a), 1000 * (pb - pa) / (b - a)))


if __name__ == "__main__":
    if sys.argv[1] == "fit":
        fit(sys.argv[2])
    else:
        main(sys.argv[1], sys.argv[2], sys.argv[3], [int(n) for n in sys.argv[4:]])
