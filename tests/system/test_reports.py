"""A report's life: drafted from a template, edited by one at a time, signed with a password, kept in versions that show
when somebody changed them behind the server's back, and found by its words."""

import io
import json
import re
import struct
import subprocess
import threading
import time
import unicodedata
import zlib

import pydicom
import pytest
from data_sets import Image
from noctis import System, assert_problem, multipart, wait_until

PASSWORD = "a password of 4 words"
FIELD = re.compile(r"\{\{[^{}|\n]+\|([^{}\n]*)\}\}")


@pytest.fixture(scope="module")
def system():
    """A system of this module's own, whose tests count its reports and use up attempts."""
    with System() as running:
        for name in ("rita", "rob"):
            running.add_user(name, PASSWORD, "--role", "radiologist")
        yield running


@pytest.fixture
def rita(system):
    return system.token("rita", PASSWORD)


@pytest.fixture
def rob(system):
    return system.token("rob", PASSWORD)


@pytest.fixture
def study(system):
    made = Image()
    assert system.upload([("a.dcm", made.part10())]).status == 200
    return system.fetch("/api/studies/", study_instance_uid=made.study)["results"][0]


def post(system, path, body, token, status=200):
    answer = system.request("POST", path, body, token=token)
    assert answer.status == status, answer.body[:1000]
    return answer.json() if answer.body else None


def opened(system, study, token):
    return post(system, "/api/reports/", {"study": study["id"]}, token, 201)


def content_of(report, **texts):
    """The report's content with these texts, and what is usual in the fields of the others."""
    content = dict(report["content"])
    content["sections"] = [{"heading": one["heading"], "text": texts.get(one["heading"], FIELD.sub(r"\1", one["text"]))}
                           for one in content["sections"]]
    return content


def put(system, report, content, token):
    body = {"revision": report["revision"], "content": content}
    return system.request("PUT", f"/api/reports/{report['id']}/draft/", body, token=token)


def saved(system, report, token, **texts):
    answer = put(system, report, content_of(report, **texts), token)
    assert answer.status == 200, answer.body[:1000]
    return answer.json()


def sign(system, report, status, token, password=PASSWORD):
    body = {"revision": report["revision"], "status": status, "password": password}
    return system.request("POST", f"/api/reports/{report['id']}/sign/", body, token=token)


def signed(system, report, status, token):
    answer = sign(system, report, status, token)
    assert answer.status == 200, answer.body[:1000]
    return answer.json()


def test_a_reports_life(system, study, rita):
    draft = opened(system, study, rita)
    assert (draft["status"], draft["version"], draft["editing"], draft["signature"]) == ("draft", 0, True, None)
    assert draft["editor"]["id"] == draft["author"]["id"] == draft["study"]["assigned_to"]["id"]
    assert draft["study"]["report_status"] == "draft"
    again = post(system, "/api/reports/", {"study": study["study_instance_uid"]}, rita)
    assert again["id"] == draft["id"]

    draft = saved(system, draft, rita, findings="A bleed of 15.7 ml.", impression="Bleed.")
    preliminary = signed(system, draft, "preliminary", rita)
    assert (preliminary["status"], preliminary["version"], preliminary["editing"]) == ("preliminary", 1, False)
    assert preliminary["signature"]["intact"] and preliminary["study"]["status"] == "reported"

    second = post(system, f"/api/reports/{draft['id']}/claim/", None, rita)
    final = signed(system, saved(system, second, rita, impression="Acute bleed."), "final", rita)
    assert (final["status"], final["version"], final["study"]["status"]) == ("final", 2, "approved")
    assert_problem(system.request("POST", f"/api/reports/{draft['id']}/claim/", None, token=rita), 409)

    amended = post(system, f"/api/reports/{draft['id']}/amend/", None, rita)
    assert amended["editing"] and amended["content"]["addendum"] == ""
    assert_problem(sign(system, amended, "amended", rita), 400)
    content = content_of(amended, impression="Subacute bleed.") | {"addendum": "The age was corrected."}
    amended = put(system, amended, content, rita).json()
    assert_problem(sign(system, amended, "final", rita), 409)
    amended = signed(system, amended, "amended", rita)
    assert (amended["status"], amended["version"]) == ("amended", 3)

    versions = system.fetch(f"/api/reports/{draft['id']}/versions/")
    assert [one["status"] for one in versions["results"]] == ["preliminary", "final", "amended"]
    assert all(one["signature"]["intact"] for one in versions["results"])
    texts = [{s["heading"]: s["text"] for s in one["content"]["sections"]} for one in versions["results"]]
    assert [text["impression"] for text in texts] == ["Bleed.", "Acute bleed.", "Subacute bleed."]
    changes = system.psql("select from_status, to_status, who from study_status_changes where study = "
                          f"{study['id']} order by id")
    assert [change[1] for change in changes][-2:] == ["reported", "approved"]
    assert all(change[2] == "rita" for change in changes[-2:])
    jobs = system.psql(f"select payload->>'version' from jobs where queue = 'report' and study = {study['id']} "
                       "order by id")
    assert jobs == [["1"], ["2"], ["3"]]


def test_a_field_left_open_is_named(system, study, rita):
    draft = saved(system, opened(system, study, rita), rita, findings="Ruler {{state|straight}}.")
    refused = assert_problem(sign(system, draft, "final", rita), 400)
    assert "findings has the field {{state|straight}} that is not filled in" in json.dumps(refused)
    assert signed(system, saved(system, draft, rita, findings="Ruler bent."), "final", rita)["version"] == 1


def test_one_edits_at_a_time_and_another_may_take_over(system, study, rita, rob):
    draft = opened(system, study, rita)
    path = f"/api/reports/{draft['id']}/claim/"
    refused = assert_problem(system.request("POST", path, {}, token=rob), 409)
    assert refused["current"]["editor"]["name"] == "rita"
    assert_problem(put(system, draft, draft["content"], rob), 409)
    taken = post(system, path, {"take_over": True}, rob)
    assert taken["editor"]["name"] == "rob"
    lost = assert_problem(put(system, draft, content_of(draft, findings="mine"), rita), 409)
    assert lost["current"]["editor"]["name"] == "rob"
    first = saved(system, taken, rob, findings="rob's")
    # A retry after a lost answer, and the same once more, change nothing.
    again = put(system, taken, content_of(taken, findings="rob's"), rob)
    assert (again.status, again.json()["revision"]) == (200, first["revision"])
    assert_problem(put(system, taken, content_of(taken, findings="else"), rob), 409)
    assert post(system, f"/api/reports/{draft['id']}/release/", None, rob, 204) is None
    assert system.fetch(f"/api/reports/{draft['id']}/")["editor"] is None
    assert post(system, path, {}, rita)["editor"]["name"] == "rita"


def test_of_two_signers_one_wins(system, study, rita, rob):
    draft = saved(system, opened(system, study, rita), rita, findings="normal")
    post(system, f"/api/reports/{draft['id']}/release/", None, rita, 204)
    answers = []
    threads = [threading.Thread(target=lambda token=token: answers.append(sign(system, draft, "final", token).status))
               for token in (rita, rob)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(answers) == [200, 409]
    assert system.fetch(f"/api/reports/{draft['id']}/versions/")["count"] == 1


def test_signing_needs_the_password_and_what_was_read(system, study, rita):
    draft = saved(system, opened(system, study, rita), rita, findings="normal")
    wrong = assert_problem(sign(system, draft, "final", rita, "not the password"), 403)
    assert "password" in wrong["errors"]
    assert_problem(system.request("POST", f"/api/reports/{draft['id']}/sign/",
                                  {"revision": draft["revision"], "status": "final"}, token=rita), 400)
    newer = saved(system, draft, rita, findings="not normal")
    changed = assert_problem(sign(system, draft, "final", rita), 409)
    assert changed["current"]["revision"] == newer["revision"]
    assert sign(system, newer, "final", rita).status == 200


@pytest.mark.parametrize("change", [
    "content = replace(content, 'normal', 'abnormal')",
    "identity = replace(identity, '\"patient_id\":\"', '\"patient_id\":\"X')",
    "signer_name = 'Somebody Else'",
    "signed_at = signed_at + interval '1 day'",
    "status = 'preliminary'",
    "digest = repeat('0', 64)",
    "seal = repeat('0', 64)",
    "content = '{'",
])
def test_what_was_changed_in_the_database_shows_as_broken(system, study, rita, change):
    report = signed(system, saved(system, opened(system, study, rita), rita, findings="normal"), "final", rita)
    assert report["signature"]["intact"]
    system.psql(f"update report_versions set {change} where report = {report['id']}")
    assert not system.fetch(f"/api/reports/{report['id']}/")["signature"]["intact"]
    assert not system.fetch(f"/api/reports/{report['id']}/versions/")["results"][0]["signature"]["intact"]
    assert not system.fetch("/api/reports/", study=study["id"])["results"][0]["signature"]["intact"]


def test_a_version_that_is_gone_shows_as_broken(system, study, rita):
    report = signed(system, saved(system, opened(system, study, rita), rita, findings="normal"), "final", rita)
    system.psql(f"delete from report_versions where report = {report['id']}")
    assert not system.fetch(f"/api/reports/{report['id']}/")["signature"]["intact"]


@pytest.mark.parametrize("text", [
    "<script>alert(1)</script> & <b>bold</b>", "\x01\x02\x1b[31m\x7f", "الدماغ: لا يوجد نزيف\nמוח תקין", "𝔘𝔫𝔦 \u202e x",
    "{{}} {a} {{ b }", "x" * 1_000_000, " ".join(f"word{i:09}" for i in range(70_000)),
], ids=["markup", "controls", "right-to-left", "planes", "braces", "long", "words"])
def test_text_stays_as_it_was_typed(system, study, rita, text):
    draft = saved(system, opened(system, study, rita), rita, findings=text)
    report = signed(system, draft, "final", rita)
    kept = {one["heading"]: one["text"] for one in report["content"]["sections"]}
    assert kept["findings"] == text and report["signature"]["intact"]


def test_text_that_is_none_is_refused(system, study, rita):
    draft = opened(system, study, rita)
    assert_problem(put(system, draft, content_of(draft, findings="a\0b"), rita), 400)
    path = f"/api/reports/{draft['id']}/draft/"
    body = b'{"revision":0,"content":{"title":"\xff\xfe","sections":[]}}'
    assert_problem(system.request("PUT", path, body, {"Content-Type": "application/json"}, token=rita), 400)
    for wrong in ({"title": "x", "sections": [{"heading": "colour", "text": ""}]}, {"title": "x"},
                  {"title": "x", "sections": [{"heading": "findings", "text": ""}] * 2},
                  {"title": "x", "sections": [], "language": "no tag!"},
                  {"title": "x", "sections": [], "images": [{"sop_instance_uid": "1.2"}] * 25},
                  {"title": "x", "sections": [{"heading": "findings", "text": "x" * 2_200_000}]}):
        assert_problem(put(system, draft, wrong, rita), 400)
    assert_problem(sign(system, saved(system, draft, rita, **dict.fromkeys(
        ("clinical_information", "technique", "comparison", "findings", "impression", "recommendations"), " \n")),
        "final", rita), 400)


def test_words_of_every_version_are_found(system, study, rita):
    draft = saved(system, opened(system, study, rita), rita, findings="Größe: a hyperdense xylophone in <b>Zürich</b>.")
    signed(system, draft, "preliminary", rita)
    second = post(system, f"/api/reports/{draft['id']}/claim/", None, rita)
    saved(system, second, rita, findings="A quokka instead.")

    def found(words, **more):
        return system.fetch("/api/reports/", search=words, study=study["id"], **more)["results"]

    for words in ("xylophone", "QUOKKA", "grosse", '"hyperdense xylophone"', "zurich", "quokka or nothing"):
        assert [one["id"] for one in found(words)] == [draft["id"]], words
    assert found("unicorn") == [] and found("quokka -instead") == [] and found("!!") == []
    assert "\x02xylophone\x03" in found("xylophone")[0]["snippet"]
    assert found("xylophone", status="final") == []
    assert system.fetch("/api/reports/", author=draft["author"]["id"], status="preliminary")["count"] >= 1


def test_a_draft_survives_the_end_of_the_server(system, study, rita):
    draft = saved(system, opened(system, study, rita), rita, findings="half a sent")
    system.kill("noctisd")
    system.stop()
    system.start()
    kept = system.fetch(f"/api/reports/{draft['id']}/")
    assert {one["heading"]: one["text"] for one in kept["content"]["sections"]}["findings"] == "half a sent"
    assert kept["revision"] == draft["revision"]


def test_attachments_and_communications(system, study, rita):
    draft = opened(system, study, rita)
    path = f"/api/reports/{draft['id']}/attachments/"
    kind, body = multipart([("Überweisung <1>.pdf", b"%PDF-1.4 \0\1")])
    answer = system.request("POST", path, body, {"Content-Type": kind}, token=rita)
    assert answer.status == 201, answer.body
    made = answer.json()
    assert (made["name"], made["size"], made["added_by"]) == ("Überweisung <1>.pdf", 11, "rita")
    file = system.get(path + f"{made['id']}/")
    assert file.body == b"%PDF-1.4 \0\1" and "attachment" in file.headers["content-disposition"]
    assert system.fetch(path)["count"] == 1
    kind, body = multipart([("big", b"x" * ((16 << 20) + 1))])
    assert_problem(system.request("POST", path, body, {"Content-Type": kind}, token=rita), 413)
    kind, body = multipart([("other", b"x")])
    other = system.request("POST", path, body, {"Content-Type": kind}, token=rita).json()
    assert system.request("DELETE", path + f"{other['id']}/", token=rita).status == 204
    signed(system, saved(system, draft, rita, findings="normal"), "final", rita)
    assert_problem(system.request("DELETE", path + f"{made['id']}/", token=rita), 409)
    assert_problem(system.get(path + "999999/"), 404)

    told = {"told": "Dr. House", "how": "phone", "finding": "Acute bleed", "read_back": True,
            "at": "2026-01-31T10:20:30+01:00"}
    path = f"/api/reports/{draft['id']}/communications/"
    note = post(system, path, told, rita, 201)
    assert (note["at"], note["told_by"], note["read_back"]) == ("2026-01-31T09:20:30Z", "rita", True)
    for wrong in ({"how": "pigeon"}, {"at": "yesterday"}, {"at": "2199-01-01T00:00:00Z"}, {"told": ""}):
        assert_problem(system.request("POST", path, told | wrong, token=rita), 400)
    assert system.fetch(path)["count"] == 1


def test_templates_are_chosen_and_changed(system, rita):
    templates = {one["name"]: one for one in system.fetch("/api/report-templates/")["results"]}
    assert {"Report", "CT head", "CT chest", "MR brain", "X-ray chest", "Ultrasound abdomen"} <= templates.keys()
    fields = {"name": "Knee", "modality": "MR", "body_part": "KNEE", "title": "MRI of the knee",
              "sections": [{"heading": "findings", "text": "Menisci: {{menisci|intact}}."}],
              "macros": [{"name": "acl", "text": "The ACL is intact."}]}
    knee = post(system, "/api/report-templates/", fields, rita, 201)
    assert knee["version"] == 1 and knee["changed_by"] == "rita"
    assert_problem(system.request("POST", "/api/report-templates/", fields, token=rita), 409)
    path = f"/api/report-templates/{knee['id']}/"
    changed = system.request("PUT", path, fields | {"title": "Knee", "version": 1}, token=rita)
    assert changed.json()["version"] == 2
    stale = assert_problem(system.request("PUT", path, fields | {"version": 1}, token=rita), 409)
    assert stale["current"]["version"] == 2
    assert system.request("DELETE", path, token=rita).status == 204
    assert_problem(system.request("DELETE", path, token=rita), 404)


def test_turnaround_is_told(system, study, rita):
    signed(system, saved(system, opened(system, study, rita), rita, findings="normal"), "final", rita)
    figures = system.fetch("/api/reports/turnaround/")
    assert figures["days"] == 30 and sum(group["reports"] for group in figures["groups"]) >= 1
    finals = [group["median_minutes_to_final"] for group in figures["groups"]]
    assert any(finals) and all(one is None or 0 < one < 60 for one in finals), finals
    assert_problem(system.get("/api/reports/turnaround/", days=0), 400)


def test_guessing_passwords_ends(system, study):
    system.add_user("ruth", PASSWORD, "--role", "radiologist")
    token = system.token("ruth", PASSWORD)
    draft = saved(system, opened(system, study, token), token, findings="normal")
    answers = [sign(system, draft, "final", token, f"guess number {i}").status for i in range(31)]
    assert set(answers[:30]) == {403} and answers[30] == 429


def paper(system, report, version, folder):
    """The text of a version's PDF, page by page, and its bytes."""
    answer = system.get(f"/api/reports/{report['id']}/versions/{version}/pdf/")
    assert answer.status == 200 and answer.headers["content-type"] == "application/pdf", answer.body[:500]
    path = folder / "report.pdf"
    path.write_bytes(answer.body)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return done.stdout.split("\f")[:-1], answer.body


def test_a_report_on_paper(system, study, rita, tmp_path):
    draft = opened(system, study, rita)
    image = system.images(study["id"])[0]["sop_instance_uid"]
    content = content_of(draft, findings="Blutung & <b>15,7 ml</b>, häufig auffällig\nالدماغ: لا يوجد نزيف\n脳実質に異常なし", impression="Blutung.")
    content |= {
        "title": "CT des Kopfes", "language": "de",
        "images": [{"sop_instance_uid": image, "frame": 1, "caption": "Die Blutung"},
                   {"sop_instance_uid": "1.2.3.4.5", "frame": 1, "caption": "Gibt es nicht"}],
        "values": [{"heading": "findings", "text": "bleed 15.7 ml", "source": "analysis", "id": "1",
                    "origin": "ct-head 1.0"}],
    }
    draft = put(system, draft, content, rita).json()
    pages, _ = paper(system, draft, 0, tmp_path)
    assert "Entwurf" in pages[0] and "Nicht signiert" in "".join(pages)
    report = signed(system, draft, "final", rita)
    pages, first = paper(system, report, 1, tmp_path)
    text = "".join(pages)
    for expected in ("CT des Kopfes", "Doe, Jane", "Endgültig", "Befund", "Blutung & <b>15,7 ml</b>, häufig auffällig", "Beurteilung",
                     "脳実質に異常なし", "Die Blutung", "ct-head 1.0", "Signiert von: rita"):
        assert expected in text, (expected, text)
    assert report["signature"]["digest"] in "".join(text.split())  # it may take two lines
    assert all(page.rstrip().endswith(str(len(pages))) for page in pages)
    # What is written from right to left is found letter by letter, with marks of direction between.
    letters = "".join(c for c in unicodedata.normalize("NFKC", text)
                      if not c.isspace() and c not in "\u202a\u202b\u202c")
    assert "لايوجدنزيف" in letters
    assert "Gibt es nicht — Dieses Bild" in text and "Entwurf" not in text
    assert paper(system, report, 1, tmp_path)[1] == first
    assert len(pictures_in(tmp_path / "report.pdf")) == 1
    info = subprocess.run(["pdfinfo", tmp_path / "report.pdf"], capture_output=True, text=True, check=True).stdout
    assert "CT des Kopfes" in info and "rita" in info and "A4" in info

    plain = system.get(f"/api/reports/{report['id']}/versions/1/text/")
    assert plain.headers["content-type"].startswith("text/plain") and "BEFUND" in plain.body.decode()
    assert_problem(system.get(f"/api/reports/{report['id']}/versions/2/pdf/"), 404)

    system.psql(f"update report_versions set content = replace(content, '15,7', '51,7') where report = {report['id']}")
    pages, _ = paper(system, report, 1, tmp_path)
    assert all("Die Signatur ist ungültig" in page for page in pages)


def png(width, height):
    """A PNG of one grey."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(b"".join(b"\0" + bytes([90]) * width for _ in range(height)))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
            + chunk(b"IDAT", rows) + chunk(b"IEND", b""))


def test_a_letterhead_stands_on_paper(system, study, rita, tmp_path):
    draft = opened(system, study, rita)
    logo = tmp_path / "logo.png"
    logo.write_bytes(png(120, 40))
    set_letterhead = ("facility", "letterhead", "Default")
    done = system.run_ctl(*set_letterhead, "--address", "Charité\\n10117 Berlin", "--logo", logo)
    assert done.returncode == 0, done.stderr
    pages, _ = paper(system, draft, 0, tmp_path)
    head = pages[0].splitlines()
    assert [line.strip() for line in head if line.strip()][:3] == ["Default", "Charité", "10117 Berlin"]
    assert len(pictures_in(tmp_path / "report.pdf")) == 1
    for wrong in (png(3000, 1), png(10, 10)[:20], b"GIF89a"):
        logo.write_bytes(wrong)
        refused = system.run_ctl(*set_letterhead, "--logo", logo)
        assert refused.returncode == 1 and "logo is a PNG of at most 256 KiB" in refused.stderr
    assert system.run_ctl(*set_letterhead).returncode == 0
    pages, _ = paper(system, draft, 0, tmp_path)
    assert "Berlin" not in pages[0] and pictures_in(tmp_path / "report.pdf") == []


def pictures_in(path):
    """The rows of pdfimages for pictures in a PDF."""
    listed = subprocess.run(["pdfimages", "-list", path], capture_output=True, text=True, check=True).stdout
    return [line for line in listed.splitlines()[2:] if line.split()[2] == "image"]


def test_the_pdf_of_a_report_with_four_images_is_quick(system, study, rita, tmp_path):
    draft = opened(system, study, rita)
    image = system.images(study["id"])[0]["sop_instance_uid"]
    content = content_of(draft, findings="A line of text.\n" * 20)
    content["images"] = [{"sop_instance_uid": image, "frame": 1, "caption": f"Slice {i}"} for i in range(4)]
    draft = put(system, draft, content, rita).json()
    seconds = []
    for _ in range(5):
        begin = time.monotonic()
        paper(system, draft, 0, tmp_path)
        seconds.append(time.monotonic() - begin)
    print("PDF of four key images:", [round(one, 3) for one in seconds])
    assert min(seconds) < 3  # 300 ms on an idle machine; this one may be busy


def test_a_megabyte_is_on_its_pages(system, study, rita, tmp_path):
    lines = [f"Line {i}: the quick brown fox jumps over the lazy dog." for i in range(18_000)]
    draft = saved(system, opened(system, study, rita), rita, findings="\n".join(lines))
    pages, _ = paper(system, draft, 0, tmp_path)
    text = "".join(pages)
    assert len(pages) > 200 and all(f"Line {i}:" in text for i in range(0, 18_000, 997))
    assert all(f"{i}/{len(pages)}" in "".join(page.split()) for i, page in enumerate(pages, 1))


def documents_of(system, report, version):
    def done():
        found = system.fetch(f"/api/reports/{report['id']}/versions/")["results"][version - 1]
        return found if found["document_uid"] and found["sr_uid"] else None

    return wait_until(done, 60, "the report's documents are in the study")


def checked(path):
    """What other readers say of a DICOM file."""
    assert subprocess.run(["dcmdump", "-q", path], capture_output=True, check=False).returncode == 0
    verified = subprocess.run(["dciodvfy", path], capture_output=True, text=True, check=False)
    errors = [line for line in (verified.stdout + verified.stderr).splitlines() if line.startswith("Error")]
    assert not errors, errors


def test_signed_versions_are_dicom_objects_of_the_study(system, study, rita, tmp_path):
    draft = saved(system, opened(system, study, rita), rita, findings="Größe: 15 mm, نزيف.", impression="Bleed.")
    report = signed(system, draft, "final", rita)
    found = documents_of(system, report, 1)
    sr, pdf = tmp_path / "sr.dcm", tmp_path / "pdf.dcm"
    sr.write_bytes(system.file(found["sr_uid"]))
    pdf.write_bytes(system.file(found["document_uid"]))
    checked(sr)
    checked(pdf)
    dumped = subprocess.run(["dsrdump", "+Pl", sr], capture_output=True, text=True, check=False)
    assert dumped.returncode == 0 and "15 mm" in dumped.stdout
    read = pydicom.dcmread(io.BytesIO(pdf.read_bytes()))
    assert read.StudyInstanceUID == study["study_instance_uid"] and read.PatientID == study["patient"]["patient_id"]
    (tmp_path / "kept.pdf").write_bytes(read.EncapsulatedDocument)
    text = subprocess.run(["pdftotext", tmp_path / "kept.pdf", "-"], capture_output=True, text=True, check=True).stdout
    assert report["signature"]["digest"] in text
    assert pydicom.dcmread(io.BytesIO(sr.read_bytes())).VerificationFlag == "VERIFIED"

    amended = post(system, f"/api/reports/{report['id']}/amend/", None, rita)
    content = content_of(amended, impression="Old bleed.") | {"addendum": "The age was corrected."}
    second = signed(system, put(system, amended, content, rita).json(), "amended", rita)
    later = documents_of(system, second, 2)
    assert later["sr_uid"] != found["sr_uid"] and later["document_uid"] != found["document_uid"]
    # The job once more has no further effect.
    before = {one["sop_instance_uid"] for one in system.images(study["id"])}
    system.psql("update jobs set state = 'pending', run_after = now(), handed_at = null "
                f"where queue = 'report' and study = {study['id']}")
    wait_until(lambda: system.psql("select count(*) from jobs where queue = 'report' and state <> 'done' "
                                   f"and study = {study['id']}") == [["0"]], 60, "the jobs are done again")
    assert {one["sop_instance_uid"] for one in system.images(study["id"])} == before
    checks = tmp_path / "later.dcm"
    checks.write_bytes(system.file(later["sr_uid"]))
    checked(checks)
