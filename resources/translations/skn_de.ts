<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;100 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About SKN Annotator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Clear this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Fit in the window</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forget them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Larger brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Lock or unlock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Magnetic lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;No range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Objects and network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open video…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Play or stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Range starts here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Select by box</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Smaller brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Stop playing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Usual places</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Vivid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Whole video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Zoom in on the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. X, held, shows the masks from before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>1 frame filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>100 % / whole frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A black-and-white PNG per object and frame: mattes for compositing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A box finds the object in it; strokes refine what it found</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A line that keeps to the edges in the picture</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A reference frame is trusted and never overwritten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About SKN Annotator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add an object with N, then paint it on a frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Again: twice as fast</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All as usual</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Alt + click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>An MP4 to show and to share: the masks over the frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Another…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>As the system</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Background that the object encloses becomes its own</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before {name}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Before {name}: no mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Between two reference frames from both, else from the nearest one to its neighbours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Binary masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both &amp;ways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>COCO instances</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CPU, {n} threads</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose a range on the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose object 1 to 9</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose the object under the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Chosen &amp;range</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Clear frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click corners round the object · right button erases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click inside a closed outline to fill it · right button removes a patch of the object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click on the object&apos;s edge, then follow it · right button erases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click round an area; Enter or the first corner closes it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Click to pin the line · Enter, or a click on the first pin, closes it · Backspace · Esc</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close a polygon, keep a selection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close without saving? What was saved before stays.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Colour…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy mask to the &amp;next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy mask to the &amp;previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy mask to the next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy mask to the previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Counting the frames of {name}: {share:.0f} %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>DAVIS data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dark</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Data sets, mattes, a video to show</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete &amp;everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete from this frame &amp;on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete object {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete on this &amp;frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Delete {where}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details are in {log}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag a box round the object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag an object to where it is on this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag an object&apos;s mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drag to another side; double click to float</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw round an area by hand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draw round the object · right button erases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drop a video here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Edit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Enter, or a click on the first corner, closes it · Backspace takes a corner back · Esc leaves it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Erase the chosen object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Escape</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every frame that is no reference frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export to</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>F&amp;ollow the pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill a closed outline; right button removes a patch</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Fine: 720 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>First frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For colour &amp;blindness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For colour blindness</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For detectors and labelling tools: Detectron2, MMDetection, CVAT, FiftyOne</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For the official DAVIS scorer, and for XMem, Cutie and other video segmentation</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For training on video; objects may first appear on a later frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {t} has no mask: paint it, or go to one that has a mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {t} is a reference frame: it is never overwritten</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {t} is the first one: there is nothing to fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frame {t} is the last one: there is nothing to fill</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Frames {first}-{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the mask of this frame, whatever made it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the reference frame here or after, back to the one before</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From the reference frame here or before, up to the next one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>General</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Go to the propagated frame that is least certain; again: to the next</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Grow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Hide object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Import masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It becomes part of another object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its pixels are neither painted over nor changed by a pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Key of the chosen action</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Language</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Left button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Light</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lock: its pixels are neither painted over nor changed by a pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Look-alikes that cross</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Magnetic lasso</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark or unmark &amp;reference frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks as</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks from &amp;before the last pass</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Masks over the frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched &amp;points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Matched points</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memorizing the reference frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Memory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Merge {name} into</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle button, or Space + drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Middle double click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mo&amp;ve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>More</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move &amp;down the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move &amp;up the list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Move up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Network sees</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next frame to &amp;check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No frame is painted yet: paint the objects on this frame, then propagate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No mask in or beside frames {first}-{last} to start from: paint one of them, or choose up to a frame that has one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No range is chosen: drag with shift held on the timeline, then propagate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reference frame after frame {t}: paint this frame, or propagate forward from frame {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No reference frame before frame {t}: paint this frame, or propagate backward from frame {other}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to check: no frame was propagated yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to fill here: it is {name} or guarded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to fill {where}: the next frame is a reference frame or the end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing to fill: frames {first}-{last} are reference frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing was read on this frame yet: propagate over it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Object colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objects cut out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Objects&apos; colours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Okabe and Ito&apos;s colours, on the screen only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On the screen only; exports keep their own.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One frame bac&amp;k</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One frame o&amp;n</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>One pixel all round</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only the &amp;chosen object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;folder of frames…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open folder of frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open the &amp;demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Open video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Opening {name} …</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Outlines only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overlay video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint objects on one frame of a video; a space-time-memory network with a spatial-constrain kernel carries the masks on.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint the chosen object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint the chosen object; right button erases</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint what is missing, right button takes away · Enter keeps it · Esc leaves it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paint {name} on this frame. N adds another object. Then press Enter to propagate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Painting leaves all objects but the chosen one alone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pan the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Panels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play &amp;backward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play &amp;forward</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Play the chosen range, or the whole video, over and over</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Press Enter to carry the masks forward, or use the buttons below the frame.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previous reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propagate {first}-{last}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Propagate {name} only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Protect other objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Quick: 320 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Range &amp;ends here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reader</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recent videos</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reference frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rename object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Right button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Saved as you go in {folder}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>See what the pass changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sh&amp;rink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shift + wheel, or middle button</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show all objects</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show one object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show onl&amp;y this, or all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only this, or all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or h&amp;ide</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show or hide; with Alt, show only this one or all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the &amp;whole timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the masks</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Something went wrong in the program.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Space</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spatial-constrain &amp;kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Spatial-constrain kernel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Starting</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Straight line from the last stroke</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>T&amp;imeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take its last corner back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Take off spikes and notches</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The eraser takes only {name}: alt-click an object to choose it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The frame beside the frame with its masks; paint in either</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The frame&apos;s short side, from the next pass on. Less is quicker.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The frames that are chosen on the timeline, and no others</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The frames that it remembered when it looked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The last pass changed nothing here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The masks that the other objects have stay as they are</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The strongest matches between the memory and this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Theme</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no frame to copy to: the video ends here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>There is no object to paint: add one (N)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unlock object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unmark reference</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual key</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Usual: 480 pixels</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.avi *.mkv *.webm *.m4v);;All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is done is kept</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where a mask is wrong, paint: that frame becomes a reference frame. Then propagate from there.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the network looked, and what it matched there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Where the network looks for the chosen object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Work is saved as you go, beside the video; where that cannot be written, in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to {path}, and read back to check it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>X, held</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>YouTube-VOS data set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom &amp;out of the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom at the mouse</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Zoom in on the timeline</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>after this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>around this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>before this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>brush {n:.0f} px</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {t}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>frame {t} / {length}</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from this frame on</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>in this video</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>mask</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>memory {n} frames, {mib:.0f} MB</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no mask yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>on this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>or a folder of frames. Paint the objects on one frame, and propagate.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>propagated, {n:.0f} % certain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reference frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saved</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>saving</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{changed} of 1 frame changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{changed} of {n} frames changed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{done} of {total} frames</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{error}. The video that was open stays open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{h} h {m:02d} min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{key} belongs to “{action}”. Give that another key first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{kind} {t}: {share:.0f} % of the matched points of {name}
Click to go there</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{m} min {s:02d} s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:.1f} frames/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n:.1f} s per frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{names} and {last} are on no reference frame, so they are not carried</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is hidden: show it in the list of objects to paint it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is locked: unlock it in the list of objects to paint it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is not on this frame</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{name} is on no reference frame, so it is not carried: paint it on one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} frames filled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} frames have no mask and are left out.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{n} frames have no mask.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{pace}, {time} left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} and {n} more will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{path} will be replaced.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{size}, {fps:.4g} frames/s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>{} has no holes on this frame</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
