"""What peers.sh needs of scikit-learn, and its table."""
import json
import os
import pickle
import sys


def calls(work):
    with open(os.path.join(work, "calls.jsonl"), encoding="utf-8") as f:
        for line in f:
            call = json.loads(line)
            yield call["label"], " ".join(t["text"].replace("\n", " ") for t in call["turns"])


def prepare(work):
    seen = set()
    with open(os.path.join(work, "text.txt"), "w", encoding="utf-8") as text, \
            open(os.path.join(work, "train.txt"), "w", encoding="utf-8") as train:
        for label, said in calls(work):
            text.write(said + "\n")
            if said not in seen:
                seen.add(said)
                train.write("__label__%s %s\n" % (label, said))


def fit(work):
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    labels, texts = [], []
    with open(os.path.join(work, "train.txt"), encoding="utf-8") as f:
        for line in f:
            label, text = line.rstrip("\n").split(" ", 1)
            labels.append(label)
            texts.append(text)
    model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), min_df=2), LogisticRegression(max_iter=200))
    model.fit(texts, labels)
    with open(os.path.join(work, "sk.pickle"), "wb") as f:
        pickle.dump(model, f)


def predict(work):
    with open(os.path.join(work, "sk.pickle"), "rb") as f:
        model = pickle.load(f)
    with open(os.path.join(work, "text.txt"), encoding="utf-8") as f:
        for p in model.predict_proba([line.rstrip("\n") for line in f]):
            print(p[1])


def table(work):
    file = os.path.getsize(os.path.join(work, "calls.jsonl")) / 1e6
    text = os.path.getsize(os.path.join(work, "text.txt")) / 1e6
    with open(os.path.join(work, "times"), encoding="utf-8") as f:
        rows = [(name, int(ms) / 1000, text if "fasttext" in name or "scikit" in name else file)
                for name, ms in (line.rstrip("\n").split("\t") for line in f)]
    ours = next(mb / s for name, s, mb in rows if name == "classify score")
    print("| program | MB read | seconds | MB/s | classify is |\n|---|---|---|---|---|")
    for name, s, mb in rows:
        print("| %s | %.1f | %.2f | %.1f | %.2f times as fast |" % (name, mb, s, mb / s, ours / (mb / s)))


if __name__ == "__main__":
    {"prepare": prepare, "fit": fit, "predict": predict, "table": table}[sys.argv[1]](sys.argv[2])
