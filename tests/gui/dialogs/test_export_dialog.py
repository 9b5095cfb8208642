"""Exporting from the window."""

import json

import av
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog

from skn_annotator.annotation.formats.binary import BinaryFormat
from skn_annotator.annotation.formats.coco import CocoFormat
from skn_annotator.annotation.formats.cut_outs import AlphaPicturesFormat, AlphaVideoFormat, BackdropFormat
from skn_annotator.annotation.formats.overlay_video import OverlayFormat
from skn_annotator.annotation.formats.youtube_vos import YouTubeVosFormat
from skn_annotator.annotation.mattes import EdgeKind
from skn_annotator.gui.dialogs.export_dialog import ExportDialog
from skn_annotator.inference.directions import Direction


@pytest.fixture
def dialog(qtbot, window, hand, tmp_path):
    """On a clip that is annotated from the first frame to the last."""
    hand.drag((10.5, 20.5), (14.5, 20.5))
    window.session.tasks.propagate(Direction.FORWARD)
    qtbot.waitUntil(lambda: window.session.tasks.passes.current is None)
    dialog = ExportDialog(window.session, 0.5, window)
    dialog.show()
    yield dialog
    dialog.reject()


def choose(dialog, kind):
    next(button for each, button in dialog.choices.items() if isinstance(each, kind)).setChecked(True)


def run(qtbot, dialog):
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.go.text() == "Close")


def test_davis_is_written_as_the_scorer_wants_it(qtbot, window, dialog, tmp_path):
    dialog.place.setText(str(tmp_path / "DAVIS"))
    run(qtbot, dialog)
    root = tmp_path / "DAVIS"
    assert (root / "ImageSets/2017/val.txt").read_text().split() == ["clip"]
    names = [f"{t:05d}" for t in range(12)]
    for resolution in ("480p", "Full-Resolution"):
        masks, pictures = (
            root / "Annotations" / resolution / "clip",
            root / "JPEGImages" / resolution / "clip",
        )
        assert sorted(p.stem for p in masks.iterdir()) == names
        assert sorted(p.stem for p in pictures.iterdir()) == names
    with Image.open(root / "Annotations/480p/clip/00003.png") as image:
        assert image.mode == "P"
        assert np.array_equal(np.array(image), window.session.document.mask(3))
    assert str(root) in dialog.notes.text()


def test_an_overlay_video_is_written(qtbot, dialog, tmp_path):
    choose(dialog, OverlayFormat)
    assert dialog.place.text().endswith("clip_overlay.mp4")
    dialog.place.setText(str(tmp_path / "out.mp4"))
    run(qtbot, dialog)
    assert (tmp_path / "out.mp4").stat().st_size > 500


def test_binary_masks_are_written(qtbot, dialog, tmp_path):
    choose(dialog, BinaryFormat)
    dialog.place.setText(str(tmp_path / "masks"))
    run(qtbot, dialog)
    assert len(list((tmp_path / "masks").rglob("*.png"))) == 12


def test_what_is_replaced_is_said_before(qtbot, dialog, tmp_path):
    (tmp_path / "out.mp4").write_text("old")
    choose(dialog, OverlayFormat)
    dialog.place.setText(str(tmp_path / "out.mp4"))
    assert "out.mp4 will be replaced" in dialog.notes.text()


def test_of_binary_masks_only_the_objects_folders_are_replaced(qtbot, dialog, tmp_path):
    (tmp_path / "masks").mkdir()
    (tmp_path / "masks" / "letter.txt").write_text("of the user")
    choose(dialog, BinaryFormat)
    dialog.place.setText(str(tmp_path / "masks"))
    assert "will be replaced" not in dialog.notes.text()
    run(qtbot, dialog)
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "masks"))
    assert "1_object_1 will be replaced" in dialog.notes.text()
    assert (tmp_path / "masks" / "letter.txt").exists()


def test_an_overlay_video_that_is_no_mp4_cannot_be_started(dialog, tmp_path):
    choose(dialog, OverlayFormat)
    dialog.place.setText(str(tmp_path / "notes.txt"))
    assert "notes.txt does not end in .mp4" in dialog.notes.text()
    assert not dialog.go.isEnabled()
    dialog.place.setText(str(tmp_path / "OUT.MP4"))
    assert dialog.go.isEnabled()


@pytest.mark.parametrize(("typed", "chosen"), [("out", "out.mp4"), ("out.mp4", "out.mp4"), ("", "")])
def test_a_video_that_is_named_in_the_dialog_ends_in_mp4(monkeypatch, dialog, typed, chosen):
    choose(dialog, OverlayFormat)
    before = dialog.place.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (typed, ""))
    dialog._browse()
    assert dialog.place.text() == (chosen or before)


def test_a_place_that_cannot_be_written_is_told(qtbot, dialog, tmp_path):
    (tmp_path / "file").write_text("")
    dialog.place.setText(str(tmp_path / "file" / "DAVIS"))
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "cannot be written" in dialog.notes.text())
    assert dialog.go.isEnabled()


def test_what_the_format_refuses_cannot_be_started(qtbot, window):
    dialog = ExportDialog(window.session, 0.5, window)
    qtbot.addWidget(dialog)
    assert "shows no object" in dialog.notes.text()
    assert not dialog.go.isEnabled()


def test_what_is_not_ours_is_replaced_only_when_the_user_says_so(qtbot, dialog, tmp_path):
    (tmp_path / "out.mp4").write_text("of the user")
    choose(dialog, OverlayFormat)
    assert not dialog.replacing.isVisible()
    dialog.place.setText(str(tmp_path / "out.mp4"))
    assert dialog.replacing.isVisible()
    assert "Replace a file that was not written from this video" in dialog.replacing.text()
    assert not dialog.go.isEnabled()
    dialog.start()
    qtbot.waitUntil(lambda: "would be replaced" in dialog.notes.text())
    assert (tmp_path / "out.mp4").read_text() == "of the user"
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "out.mp4"))
    qtbot.mouseClick(dialog.replacing, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert dialog.go.isEnabled()
    run(qtbot, dialog)
    assert (tmp_path / "out.mp4").stat().st_size > 500
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "out.mp4"))
    assert not dialog.replacing.isVisible()
    assert dialog.go.isEnabled()


def test_what_was_allowed_for_one_place_is_asked_again_for_the_next(dialog, tmp_path):
    choose(dialog, OverlayFormat)
    for name in ("one.mp4", "other.mp4"):
        (tmp_path / name).write_text("of the user")
        dialog.place.setText(str(tmp_path / name))
        assert not dialog.go.isEnabled()
        dialog.replacing.setChecked(True)
        assert dialog.go.isEnabled()


def test_the_frames_themselves_are_never_replaced(window, dialog, tmp_path):
    frames = window.session.project.sequence.path
    target = tmp_path / "DAVIS/JPEGImages/480p/clip"
    target.parent.mkdir(parents=True)
    target.symlink_to(frames)
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "DAVIS"))
    assert "is read here, so it is never written to" in dialog.notes.text()
    assert not dialog.go.isEnabled()
    assert not dialog.replacing.isVisible()


def test_an_export_that_was_broken_off_is_named(dialog, tmp_path):
    (tmp_path / "DAVIS" / ".x1y2.part").mkdir(parents=True)
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "DAVIS"))
    assert ".x1y2.part is of an export that was broken off" in dialog.notes.text()
    assert dialog.go.isEnabled()


def test_cancelling_leaves_nothing_half_written(qtbot, window, dialog, tmp_path):
    choose(dialog, OverlayFormat)
    (tmp_path / "out.mp4").write_text("of yesterday")
    dialog.place.setText(str(tmp_path / "out.mp4"))
    dialog.replacing.setChecked(True)
    window.session.tasks._runner.hold(True)  # once it has begun: it might be done before it is cancelled
    dialog.start()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0)
    dialog.reject()
    window.session.tasks._runner.close()
    assert [path.name for path in tmp_path.iterdir() if "out" in path.name] == ["out.mp4"]
    assert (tmp_path / "out.mp4").read_text() == "of yesterday"


def test_enter_starts_an_export_and_does_not_cancel_it_when_it_is_pressed_again(qtbot, dialog, tmp_path):
    choose(dialog, OverlayFormat)
    dialog.place.setText(str(tmp_path / "out.mp4"))
    qtbot.keyClick(dialog.go, Qt.Key.Key_Return)
    assert dialog.cancel.hasFocus()
    for part in (dialog.cancel, dialog):
        qtbot.keyClick(part, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: dialog.go.text() == "Close")
    assert dialog.isVisible()
    assert (tmp_path / "out.mp4").exists()


def test_fields_cannot_be_changed_while_an_export_runs(qtbot, dialog, tmp_path):
    choose(dialog, OverlayFormat)
    dialog.place.setText(str(tmp_path / "out.mp4"))
    fields = [*dialog.choices.values(), dialog.options, dialog.place, dialog.browse]
    qtbot.mouseClick(dialog.go, Qt.MouseButton.LeftButton)
    assert not any(field.isEnabled() for field in (*fields, dialog.go))
    assert dialog.cancel.isEnabled()
    qtbot.keyClicks(dialog.place, "elsewhere")
    assert dialog.place.text() == str(tmp_path / "out.mp4")
    qtbot.waitUntil(lambda: dialog.go.text() == "Close")
    assert all(field.isEnabled() for field in (*fields, dialog.go))


def test_youtube_vos_is_written_and_read_back(qtbot, window, dialog, tmp_path):
    choose(dialog, YouTubeVosFormat)
    assert dialog.place.text().endswith("YouTube-VOS")
    dialog.place.setText(str(tmp_path / "YTVOS"))
    run(qtbot, dialog)
    assert "read back" in dialog.notes.text()
    meta = json.loads((tmp_path / "YTVOS/train/meta.json").read_text())
    assert len(meta["videos"]["clip"]["objects"]["1"]["frames"]) == 12
    dialog.place.setText("")
    dialog.place.setText(str(tmp_path / "YTVOS"))
    assert "will be replaced" in dialog.notes.text()


def test_coco_is_written_and_read_back(qtbot, window, dialog, tmp_path):
    choose(dialog, CocoFormat)
    dialog.place.setText(str(tmp_path / "COCO"))
    run(qtbot, dialog)
    assert "read back" in dialog.notes.text()
    content = json.loads((tmp_path / "COCO/annotations/instances_clip.json").read_text())
    assert len(content["images"]) == len(content["annotations"]) == 12


def test_a_cut_out_is_written_with_what_was_chosen(qtbot, window, dialog, tmp_path):
    choose(dialog, AlphaVideoFormat)
    assert dialog.place.text().endswith("clip_alpha.mov")
    assert [codec.key for codec in AlphaVideoFormat.codecs] == ["prores", "animation"]
    dialog.place.setText(str(tmp_path / "cut.mov"))
    dialog.options.first.setValue(3)
    dialog.options.last.setValue(6)
    dialog.options.codec.setCurrentIndex(1)
    dialog.options.edges.setCurrentIndex(dialog.options.edges.findData(EdgeKind.HARD))
    dialog.options.codec.activated.emit(1)
    run(qtbot, dialog)
    with av.open(tmp_path / "cut.mov") as container:
        frames = [f.to_ndarray(format="rgba") for f in container.decode(container.streams.video[0])]
    assert len(frames) == 4
    np.testing.assert_array_equal(frames[1][..., 3] > 0, window.session.document.mask(3) == 1)


def test_fields_are_shown_where_they_are_of_use_and_objects_can_be_left_out(dialog, tmp_path):
    assert not dialog.options.edges.isVisible()
    choose(dialog, OverlayFormat)
    assert dialog.options.first.isVisible()
    assert not dialog.options.edges.isVisible()
    choose(dialog, BackdropFormat)
    assert dialog.options.backdrop.isVisible()
    (action,) = dialog.options.objects.menu().actions()
    action.trigger()
    assert "No chosen object is on a chosen frame" in dialog.notes.text()
    assert not dialog.go.isEnabled()
    action.trigger()
    assert dialog.go.isEnabled()


def test_several_objects_are_unticked_while_the_menu_stays_open(qtbot, window, dialog):
    window.session.document.add_object()
    window.session.document.rename(2, "R & D")
    dialog = ExportDialog(window.session, 0.5, window)
    qtbot.addWidget(dialog)
    dialog.show()
    choose(dialog, AlphaPicturesFormat)
    options = dialog.options
    assert options.objects.text() == "object 1, R && D"
    menu = options.objects.menu()
    menu.popup(options.objects.mapToGlobal(QPoint(0, 0)))
    one, two = menu.actions()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(one).center())
    assert menu.isVisible()
    assert options.options.objects == {2}
    menu.setActiveAction(two)
    qtbot.keyClick(menu, Qt.Key.Key_Space)
    assert menu.isVisible()
    assert options.options.objects == frozenset()
    qtbot.keyClick(menu, Qt.Key.Key_Escape)
    assert not menu.isVisible()
    assert dialog.isVisible()


def test_no_field_moves_when_another_format_is_chosen(dialog):
    places = set()
    for kind in (OverlayFormat, AlphaPicturesFormat, AlphaVideoFormat, BackdropFormat):
        choose(dialog, kind)
        dialog.layout().activate()
        dialog.options.layout().activate()
        places.add((dialog.options.pos().toTuple(), dialog.options.size_.pos().toTuple()))
    assert len(places) == 1


def test_the_network_is_asked_for_edges_where_that_is_chosen(qtbot, window, dialog, tracker, tmp_path):
    choose(dialog, AlphaPicturesFormat)
    dialog.place.setText(str(tmp_path / "rgba"))
    dialog.options.edges.setCurrentIndex(dialog.options.edges.findData(EdgeKind.NETWORK))
    before = len(tracker.passes)
    run(qtbot, dialog)
    assert len(tracker.passes) - before == 12


def test_the_next_export_begins_as_the_last_one_was(qtbot, window, dialog, tmp_path, make_window, clip):
    choose(dialog, BackdropFormat)
    dialog.options.edges.setCurrentIndex(2)
    dialog.options.grow.setValue(3)
    dialog.options.backdrop.setCurrentIndex(1)
    dialog.place.setText(str(tmp_path / "shot.mp4"))
    run(qtbot, dialog)
    dialog.reject()
    assert window.close()
    again = ExportDialog(make_window(None, clip).session, 0.5)
    assert isinstance(again.format, BackdropFormat)
    assert again.place.text() == str(tmp_path / "shot.mp4")
    assert again.options.options.edge.kind is EdgeKind.HARD
    assert again.options.options.edge.grow == 3
    assert again.options.options.backdrop == (0, 71, 187)


@pytest.mark.parametrize("odd", [3, {"format": 3, "place": 4, "grow": 1e9, "edges": 99, "size": "x"}])
def test_what_no_export_was_in_a_project_is_passed_over(window, odd):
    window.session.project.view["export"] = odd
    dialog = ExportDialog(window.session, 0.5, window)
    assert dialog.format.key == "davis"
    assert dialog.options.options.edge.kind is EdgeKind.SOFT
