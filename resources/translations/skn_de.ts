<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;About SKN Annotator</source>
        <translation>Ü&amp;ber SKN Annotator</translation>
    </message>
    <message>
        <source>&amp;Absent on this frame</source>
        <translation>&amp;Auf diesem Bild abwesend</translation>
    </message>
    <message>
        <source>&amp;Add object</source>
        <translation>&amp;Neues Objekt</translation>
    </message>
    <message>
        <source>&amp;Add to what is there</source>
        <translation>Zum Vorhandenen &amp;hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Backward</source>
        <translation>&amp;Rückwärts</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>&amp;Clear this frame</source>
        <translation>Dieses &amp;Bild leeren</translation>
    </message>
    <message>
        <source>&amp;Close video</source>
        <translation>Video s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Colour…</source>
        <translation>&amp;Farbe …</translation>
    </message>
    <message>
        <source>&amp;Cut down what is there</source>
        <translation>Vorhandenes &amp;zuschneiden</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Default layout</source>
        <translation>&amp;Übliche Plätze</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>Ra&amp;dierer</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren …</translation>
    </message>
    <message>
        <source>&amp;Fit in the window</source>
        <translation>Ins &amp;Fenster einpassen</translation>
    </message>
    <message>
        <source>&amp;Forget them</source>
        <translation>&amp;Vergessen</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vorwärts</translation>
    </message>
    <message>
        <source>&amp;Go to frame {t}</source>
        <translation>&amp;Zu Bild {t} gehen</translation>
    </message>
    <message>
        <source>&amp;Grow</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>&amp;Import masks…</source>
        <translation>&amp;Masken einlesen …</translation>
    </message>
    <message>
        <source>&amp;Jump to frame…</source>
        <translation>Bild au&amp;fsuchen …</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Lock or unlock</source>
        <translation>&amp;Sperren oder freigeben</translation>
    </message>
    <message>
        <source>&amp;Loop</source>
        <translation>&amp;Schleife</translation>
    </message>
    <message>
        <source>&amp;Magnetic lasso</source>
        <translation>&amp;Magnetisches Lasso</translation>
    </message>
    <message>
        <source>&amp;Marks of the timeline</source>
        <translation>&amp;Zeichen der Zeitleiste</translation>
    </message>
    <message>
        <source>&amp;Masks</source>
        <translation>&amp;Masken</translation>
    </message>
    <message>
        <source>&amp;Masks over the frame</source>
        <translation>&amp;Masken über dem Bild</translation>
    </message>
    <message>
        <source>&amp;Merge into</source>
        <translation>Verschmelzen &amp;mit</translation>
    </message>
    <message>
        <source>&amp;Merge into…</source>
        <translation>&amp;Verschmelzen mit …</translation>
    </message>
    <message>
        <source>&amp;Next part of the window</source>
        <translation>&amp;Nächster Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Next reference</source>
        <translation>Nä&amp;chstes Referenzbild</translation>
    </message>
    <message>
        <source>&amp;Objects</source>
        <translation>&amp;Objekte</translation>
    </message>
    <message>
        <source>&amp;Open video…</source>
        <translation>Video ö&amp;ffnen …</translation>
    </message>
    <message>
        <source>&amp;Outlines only</source>
        <translation>Nur &amp;Umrisse</translation>
    </message>
    <message>
        <source>&amp;Pause or resume</source>
        <translation>&amp;Anhalten oder weiter</translation>
    </message>
    <message>
        <source>&amp;Play or stop</source>
        <translation>&amp;Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>P&amp;olygon</translation>
    </message>
    <message>
        <source>&amp;Previous part of the window</source>
        <translation>&amp;Voriger Teil des Fensters</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Range starts here</source>
        <translation>Bereich be&amp;ginnt hier</translation>
    </message>
    <message>
        <source>&amp;Reader lab</source>
        <translation>Le&amp;serlabor</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>&amp;Umbenennen</translation>
    </message>
    <message>
        <source>&amp;Rename…</source>
        <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
        <source>&amp;Replace what is there</source>
        <translation>Vorhandenes &amp;ersetzen</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Show only this, or all</source>
        <translation>Nur dieses &amp;zeigen, oder alle</translation>
    </message>
    <message>
        <source>&amp;Side by side</source>
        <translation>Neben&amp;einander</translation>
    </message>
    <message>
        <source>&amp;Smooth</source>
        <translation>Gl&amp;ätten</translation>
    </message>
    <message>
        <source>&amp;Stop</source>
        <translation>&amp;Stopp</translation>
    </message>
    <message>
        <source>&amp;Stop playing</source>
        <translation>Wiedergabe an&amp;halten</translation>
    </message>
    <message>
        <source>&amp;Ten frames back</source>
        <translation>Zehn Bilder z&amp;urück</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Erscheinung</translation>
    </message>
    <message>
        <source>&amp;This frame is right, or not</source>
        <translation>Dieses Bild ist richti&amp;g oder nicht</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Vivid</source>
        <translation>&amp;Kräftig</translation>
    </message>
    <message>
        <source>&amp;Zoom in on the timeline</source>
        <translation>&amp;Zeitleiste vergrößern</translation>
    </message>
    <message>
        <source>+, -, 0</source>
        <translation>+, -, 0</translation>
    </message>
    <message>
        <source>--device {name}: no such device; use auto, cpu or cuda</source>
        <translation>--device {name}: das gibt es nicht; auto, cpu oder cuda verwenden</translation>
    </message>
    <message>
        <source>--device {name}: nothing can be computed there; use auto, cpu or cuda</source>
        <translation>--device {name}: dort kann nichts gerechnet werden; auto, cpu oder cuda verwenden</translation>
    </message>
    <message>
        <source>--device {name}: this machine has no usable {kind} GPU; use --device cpu</source>
        <translation>--device {name}: dieser Rechner hat keine nutzbare {kind}-Grafikkarte; --device cpu verwenden</translation>
    </message>
    <message>
        <source>--device {name}: this machine has {n} of them, counted from 0</source>
        <translation>--device {name}: davon hat dieser Rechner {n}, gezählt von 0</translation>
    </message>
    <message>
        <source>. All preferences have their default values</source>
        <translation>. Alle Einstellungen haben ihre Standardwerte</translation>
    </message>
    <message>
        <source>. Hold X to see the masks from before</source>
        <translation>. X gedrückt zeigt die Masken von vorher</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>1 frame changed</source>
        <translation>1 Bild geändert</translation>
    </message>
    <message>
        <source>1 frame filled</source>
        <translation>1 Bild gefüllt</translation>
    </message>
    <message>
        <source>1 frame gets its first mask</source>
        <translation>1 Bild bekommt seine erste Maske</translation>
    </message>
    <message>
        <source>1 frame has no mask and is left out.</source>
        <translation>1 Bild hat keine Maske und wird ausgelassen.</translation>
    </message>
    <message>
        <source>1 frame has no mask and is written as empty.</source>
        <translation>1 Bild hat keine Maske und wird leer geschrieben.</translation>
    </message>
    <message>
        <source>1 frame has no mask.</source>
        <translation>1 Bild hat keine Maske.</translation>
    </message>
    <message>
        <source>1 frame shows none of the objects and is empty.</source>
        <translation>1 Bild zeigt keines der Objekte und ist leer.</translation>
    </message>
    <message>
        <source>1 mask gets another object</source>
        <translation>1 Maske bekommt ein weiteres Objekt</translation>
    </message>
    <message>
        <source>1 mask would be replaced</source>
        <translation>1 Maske würde ersetzt</translation>
    </message>
    <message>
        <source>1 object</source>
        <translation>1 Objekt</translation>
    </message>
    <message>
        <source>1 pixel more</source>
        <translation>1 Pixel mehr</translation>
    </message>
    <message>
        <source>100 % / whole frame</source>
        <translation>100 % / ganzes Bild</translation>
    </message>
    <message>
        <source>A black-and-white PNG per object and frame: mattes for compositing</source>
        <translation>Ein schwarzweißes PNG je Objekt und Bild: Masken fürs Compositing</translation>
    </message>
    <message>
        <source>A mask can hold {n} objects: delete or merge some to add another</source>
        <translation>Eine Maske fasst {n} Objekte: einige löschen oder vereinen, um noch eines anzulegen</translation>
    </message>
    <message>
        <source>A pass keeps the frames that are done; any other change is cancelled</source>
        <translation>Ein Durchlauf behält die fertigen Bilder; jede andere Änderung wird verworfen</translation>
    </message>
    <message>
        <source>A pass needs the processor: wait for it, or stop it.</source>
        <translation>Ein Durchlauf braucht den Prozessor: Warten Sie darauf, oder halten Sie ihn an.</translation>
    </message>
    <message>
        <source>A picture of {name} shares its name with another and was left out.</source>
        <translation>Ein Bild von {name} heißt wie ein anderes und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>A short clip of balls that roll past each other</source>
        <translation>Ein kurzer Clip: Bälle rollen aneinander vorbei</translation>
    </message>
    <message>
        <source>A small blue ball came out from behind a red one and was taken for a part of it: press C, which leads there, and K; hold Ctrl and drag a box round that red ball alone, and press Enter.</source>
        <translation>Ein kleiner blauer Ball kam hinter einem roten hervor und wurde für einen Teil von ihm gehalten: C führt dorthin; dann K, mit Strg einen Rahmen nur um diesen roten Ball ziehen, und Enter.</translation>
    </message>
    <message>
        <source>About SKN Annotator</source>
        <translation>Über SKN Annotator</translation>
    </message>
    <message>
        <source>Absent on this &amp;frame</source>
        <translation>Auf diesem &amp;Bild abwesend</translation>
    </message>
    <message>
        <source>Absent on this frame: {names}. Paint here what can be seen of them.</source>
        <translation>Auf diesem Bild abwesend: {names}. Malen Sie hier, was davon zu sehen ist.</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Hinzufügen</translation>
    </message>
    <message>
        <source>Add an object with N, then paint it on a frame.</source>
        <translation>Mit N ein Objekt anlegen, dann auf einem Bild malen.</translation>
    </message>
    <message>
        <source>Add corner</source>
        <translation>Ecke hinzufügen</translation>
    </message>
    <message>
        <source>Add object</source>
        <translation>Neues Objekt</translation>
    </message>
    <message>
        <source>After frame {count}, a picture of {name} cannot be decoded: it is damaged, or another recording was joined there. Convert each recording by itself before joining them.</source>
        <translation>Nach Bild {count} lässt sich ein Bild von {name} nicht dekodieren: Es ist beschädigt, oder dort wurde eine andere Aufnahme angehängt. Jede Aufnahme für sich umwandeln und dann erst aneinanderhängen.</translation>
    </message>
    <message>
        <source>After frame {count}, {name} goes on in another size than {size}: those frames are scaled to it.</source>
        <translation>Nach Bild {count} geht {name} in einer anderen Größe als {size} weiter: Diese Bilder werden darauf skaliert.</translation>
    </message>
    <message>
        <source>After frame {count}, {n} pictures of {name} cannot be decoded: they are damaged, or another recording was joined there. Convert each recording by itself before joining them.</source>
        <translation>Nach Bild {count} lassen sich {n} Bilder von {name} nicht dekodieren: Sie sind beschädigt, oder dort wurde eine andere Aufnahme angehängt. Jede Aufnahme für sich umwandeln und dann erst aneinanderhängen.</translation>
    </message>
    <message>
        <source>Again: twice as fast</source>
        <translation>Noch einmal: doppelt so schnell</translation>
    </message>
    <message>
        <source>All defaults</source>
        <translation>Alle wie üblich</translation>
    </message>
    <message>
        <source>All frames except the reference frames</source>
        <translation>Alle Bilder außer den Referenzbildern</translation>
    </message>
    <message>
        <source>All objects</source>
        <translation>Alle Objekte</translation>
    </message>
    <message>
        <source>All objects are left out: choose what at least one of them becomes</source>
        <translation>Alle Objekte sind ausgelassen: für mindestens eines wählen, was daraus wird</translation>
    </message>
    <message>
        <source>All passes, and what each would do</source>
        <translation>Alle Durchläufe, und was jeder täte</translation>
    </message>
    <message>
        <source>All that was read for this frame is not kept any more: propagate over it again to see the weights.</source>
        <translation>Was für dieses Bild gelesen wurde, ist nicht mehr vollständig da: übertragen Sie noch einmal darüber, um die Gewichte zu sehen.</translation>
    </message>
    <message>
        <source>Alt + click</source>
        <translation>Alt + Klick</translation>
    </message>
    <message>
        <source>Alt + first click</source>
        <translation>Alt + erster Klick</translation>
    </message>
    <message>
        <source>Among the frames that the last pass changed most; hold X to see the masks from before</source>
        <translation>Unter den Bildern, die der letzte Durchlauf am meisten geändert hat; X gedrückt zeigt die Masken von vorher</translation>
    </message>
    <message>
        <source>An MP4 of the chosen objects over a colour: for programs that know no alpha</source>
        <translation>Ein MP4 der gewählten Objekte über einer Farbe: für Programme, die kein Alpha kennen</translation>
    </message>
    <message>
        <source>An MP4 to show and to share: the masks over the frames</source>
        <translation>Ein MP4 zum Zeigen und Teilen: die Masken über den Bildern</translation>
    </message>
    <message>
        <source>An outline has three corners at least: undo or the eraser take it away</source>
        <translation>Ein Umriss hat mindestens drei Ecken: Rückgängig oder der Radierer nehmen ihn weg</translation>
    </message>
    <message>
        <source>An outline that follows the edges in the picture</source>
        <translation>Ein Umriss, der den Kanten im Bild folgt</translation>
    </message>
    <message>
        <source>Another memory frame</source>
        <translation>Anderes Bild des Gedächtnisses</translation>
    </message>
    <message>
        <source>Another…</source>
        <translation>Andere …</translation>
    </message>
    <message>
        <source>Are texts and buttons too small on this screen of {size} pixels? They can be shown larger now, or by the preferences at any time.</source>
        <translation>Sind Texte und Knöpfe auf diesem Bildschirm von {size} Pixeln zu klein? Sie können jetzt größer gezeigt werden, oder jederzeit mit den Einstellungen.</translation>
    </message>
    <message>
        <source>Area, pixels</source>
        <translation>Fläche, Pixel</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>As propagated masks</source>
        <translation>Als propagierte Masken</translation>
    </message>
    <message>
        <source>As references</source>
        <translation>Als Referenzen</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>Wie trainiert</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Backspace, or right button on a polygon</source>
        <translation>Rücktaste; beim Polygon auch rechte Taste</translation>
    </message>
    <message>
        <source>Backward to the s&amp;tart</source>
        <translation>Rückwärts bis zum Anfa&amp;ng</translation>
    </message>
    <message>
        <source>Before {name}</source>
        <translation>Vor: {name}</translation>
    </message>
    <message>
        <source>Before {name}: no mask</source>
        <translation>Vor: {name}. Keine Maske</translation>
    </message>
    <message>
        <source>Below zero it shrinks</source>
        <translation>Unter null wird es kleiner</translation>
    </message>
    <message>
        <source>Between two reference frames from both of them, else from the nearest one in both directions</source>
        <translation>Zwischen zwei Referenzbildern von beiden aus, sonst vom nächsten aus in beide Richtungen</translation>
    </message>
    <message>
        <source>Binary masks</source>
        <translation>Binäre Masken</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Blended from passes from frames {frames}; shown is how the last one read</source>
        <translation>Aus den Durchläufen von den Bildern {frames} gemischt; gezeigt ist, wie der letzte las</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>Bo&amp;x by colour</source>
        <translation>Rahmen nach Farb&amp;unterschied</translation>
    </message>
    <message>
        <source>Both &amp;ways</source>
        <translation>&amp;Beide Richtungen</translation>
    </message>
    <message>
        <source>Both ways</source>
        <translation>Beide Richtungen</translation>
    </message>
    <message>
        <source>Box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>Durchsuchen …</translation>
    </message>
    <message>
        <source>Brush</source>
        <translation>Pinsel</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Bundled with the program</source>
        <translation>Die mitgelieferten</translation>
    </message>
    <message>
        <source>By a vote of so many frames before and after</source>
        <translation>Durch Abstimmung so vieler Bilder davor und danach</translation>
    </message>
    <message>
        <source>By one pixel on every side</source>
        <translation>Um ein Pixel auf jeder Seite</translation>
    </message>
    <message>
        <source>COCO instances</source>
        <translation>COCO-Instanzen</translation>
    </message>
    <message>
        <source>CPU, 1 thread</source>
        <translation>CPU, 1 Thread</translation>
    </message>
    <message>
        <source>CPU, {n} threads</source>
        <translation>CPU, {n} Threads</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Cannot be read, so that their frames stay blank: {files}.</source>
        <translation>Nicht zu lesen, so dass diese Bilder leer bleiben: {files}.</translation>
    </message>
    <message>
        <source>Change them…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern …</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors);;All files (*)</source>
        <translation>Checkpoints (*.safetensors);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen …</translation>
    </message>
    <message>
        <source>Choose a range on the timeline</source>
        <translation>Bereich auf der Zeitleiste wählen</translation>
    </message>
    <message>
        <source>Choose object 1 to 9</source>
        <translation>Objekt 1 bis 9 wählen</translation>
    </message>
    <message>
        <source>Choose the object under the mouse</source>
        <translation>Objekt unter der Maus wählen</translation>
    </message>
    <message>
        <source>Choose weights</source>
        <translation>Gewichte wählen</translation>
    </message>
    <message>
        <source>Chosen &amp;range</source>
        <translation>Gewählter B&amp;ereich</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Bereinigen</translation>
    </message>
    <message>
        <source>Clean up se&amp;veral frames…</source>
        <translation>Mehrere Bilder bere&amp;inigen …</translation>
    </message>
    <message>
        <source>Clear frame</source>
        <translation>Bild leeren</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Click an object, or drag a box round it, and it is found; further clicks correct that</source>
        <translation>Ein Klick auf ein Objekt oder ein Rahmen darum findet es; weitere Klicks bessern nach</translation>
    </message>
    <message>
        <source>Click corners round the object</source>
        <translation>Ecken um das Objekt klicken</translation>
    </message>
    <message>
        <source>Click inside a closed outline to fill it</source>
        <translation>In einen geschlossenen Umriss klicken, um ihn zu füllen</translation>
    </message>
    <message>
        <source>Click on the object&apos;s edge, then follow it</source>
        <translation>Auf die Kante des Objekts klicken und ihr folgen</translation>
    </message>
    <message>
        <source>Click the corners of an area; Enter or a click on the first corner closes it</source>
        <translation>Die Ecken einer Fläche klicken; Enter oder ein Klick auf die erste Ecke schließt sie</translation>
    </message>
    <message>
        <source>Click the object, or drag a box round it · right button removes · Ctrl: replace · Shift: cut down</source>
        <translation>Objekt anklicken oder umrahmen · Rechtsklick entfernt · Strg: ersetzen · Umschalt: zuschneiden</translation>
    </message>
    <message>
        <source>Click to pin the outline · Enter or a click on the first pin closes it · right button removes a pin · Esc cancels it</source>
        <translation>Klick heftet an · Enter oder erster Punkt schließt · rechte Taste entfernt Punkt · Esc verwirft</translation>
    </message>
    <message>
        <source>Click what is missing, right-click what is too much · Enter keeps the selection · Esc cancels it</source>
        <translation>Klick auf Fehlendes, Rechtsklick auf Überzähliges · Enter behält die Auswahl · Esc verwirft sie</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close a polygon, keep a selection</source>
        <translation>Polygon schließen, Auswahl behalten</translation>
    </message>
    <message>
        <source>Close when it is done</source>
        <translation>Schließen, wenn es fertig ist</translation>
    </message>
    <message>
        <source>Close without it</source>
        <translation>Ohne das schließen</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Ohne Speichern schließen</translation>
    </message>
    <message>
        <source>Close without saving? What was saved before stays.</source>
        <translation>Ohne Speichern schließen? Was vorher gespeichert wurde, bleibt.</translation>
    </message>
    <message>
        <source>Closed now, it changes no mask.</source>
        <translation>Wird jetzt geschlossen, ändert es keine Maske.</translation>
    </message>
    <message>
        <source>Codec</source>
        <translation>Codec</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Colour object</source>
        <translation>Objekt färben</translation>
    </message>
    <message>
        <source>Compute on</source>
        <translation>Rechnen auf</translation>
    </message>
    <message>
        <source>Computing…</source>
        <translation>Rechnet …</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Confidence, area, speed and memory share of every object</source>
        <translation>Sicherheit, Fläche, Tempo und Anteil des Gedächtnisses von jedem Objekt</translation>
    </message>
    <message>
        <source>Cop&amp;y the active object</source>
        <translation>Ak&amp;tives Objekt kopieren</translation>
    </message>
    <message>
        <source>Copied: {names}</source>
        <translation>Kopiert: {names}</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy all &amp;objects</source>
        <translation>Alle Ob&amp;jekte kopieren</translation>
    </message>
    <message>
        <source>Copy mask to the &amp;next frame</source>
        <translation>Maske ins nä&amp;chste Bild kopieren</translation>
    </message>
    <message>
        <source>Copy mask to the &amp;previous frame</source>
        <translation>Maske ins vo&amp;rige Bild kopieren</translation>
    </message>
    <message>
        <source>Copy mask to the next frame</source>
        <translation>Maske ins nächste Bild kopieren</translation>
    </message>
    <message>
        <source>Copy mask to the previous frame</source>
        <translation>Maske ins vorige Bild kopieren</translation>
    </message>
    <message>
        <source>Copy this message</source>
        <translation>Diese Meldung kopieren</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Ecke</translation>
    </message>
    <message>
        <source>Counting the frames of {name}: {share:.0f} %</source>
        <translation>Die Bilder von {name} werden gezählt: {share:.0f} %</translation>
    </message>
    <message>
        <source>Ctrl + outline, box or click</source>
        <translation>Strg + Umriss, Rahmen oder Klick</translation>
    </message>
    <message>
        <source>Ctrl + wheel</source>
        <translation>Strg + Mausrad</translation>
    </message>
    <message>
        <source>Cut down</source>
        <translation>Zuschneiden</translation>
    </message>
    <message>
        <source>Cut soft edges at one half</source>
        <translation>Weiche Ränder bei der Hälfte abschneiden</translation>
    </message>
    <message>
        <source>Cut-out pictures with alpha</source>
        <translation>Freigestellte Bilder mit Alpha</translation>
    </message>
    <message>
        <source>Cut-out video over a colour</source>
        <translation>Freigestelltes Video über einer Farbe</translation>
    </message>
    <message>
        <source>Cut-out video with alpha</source>
        <translation>Freigestelltes Video mit Alpha</translation>
    </message>
    <message>
        <source>DAVIS data set</source>
        <translation>DAVIS-Datensatz</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Data sets, mattes, a video to show</source>
        <translation>Datensätze, Masken, ein Video zum Zeigen</translation>
    </message>
    <message>
        <source>Default key</source>
        <translation>Übliche Taste</translation>
    </message>
    <message>
        <source>Default: 480 pixels</source>
        <translation>Üblich: 480 Pixel</translation>
    </message>
    <message>
        <source>Default: {n} of {most}</source>
        <translation>Üblich: {n} von {most}</translation>
    </message>
    <message>
        <source>Default: {size}</source>
        <translation>Üblich: {size}</translation>
    </message>
    <message>
        <source>Delete &amp;everywhere</source>
        <translation>&amp;Überall löschen</translation>
    </message>
    <message>
        <source>Delete corner</source>
        <translation>Ecke löschen</translation>
    </message>
    <message>
        <source>Delete from this &amp;frame on</source>
        <translation>Ab diesem &amp;Bild löschen</translation>
    </message>
    <message>
        <source>Delete from this frame &amp;on</source>
        <translation>&amp;Ab diesem Bild löschen</translation>
    </message>
    <message>
        <source>Delete object</source>
        <translation>Objekt löschen</translation>
    </message>
    <message>
        <source>Delete object {where}</source>
        <translation>Objekt {where} löschen</translation>
    </message>
    <message>
        <source>Details are in {log}.</source>
        <translation>Näheres steht in {log}.</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Do not open</source>
        <translation>Nicht öffnen</translation>
    </message>
    <message>
        <source>Drag a box round the object · Ctrl: replace · Shift: cut down</source>
        <translation>Rahmen um das Objekt ziehen · Strg: ersetzen · Umschalt: zuschneiden</translation>
    </message>
    <message>
        <source>Drag a box round what differs in colour from its surroundings; strokes correct what is found</source>
        <translation>Ein Rahmen um das, was sich farblich von der Umgebung abhebt; Striche bessern das Gefundene nach</translation>
    </message>
    <message>
        <source>Drag a corner · click an edge for another one · right button deletes a corner</source>
        <translation>Ecke ziehen · Klick auf eine Kante setzt eine weitere · rechte Taste löscht eine Ecke</translation>
    </message>
    <message>
        <source>Drag an object to where it is on this frame</source>
        <translation>Ein Objekt dorthin ziehen, wo es auf diesem Bild ist</translation>
    </message>
    <message>
        <source>Drag an object&apos;s mask</source>
        <translation>Die Maske eines Objekts ziehen</translation>
    </message>
    <message>
        <source>Drag to another side; double click to float</source>
        <translation>An eine andere Seite ziehen; Doppelklick löst das Feld</translation>
    </message>
    <message>
        <source>Drag, click an edge, right button</source>
        <translation>Ziehen, Klick auf Kante, rechte Taste</translation>
    </message>
    <message>
        <source>Draw round the object</source>
        <translation>Objekt umfahren</translation>
    </message>
    <message>
        <source>Draw the outline of an area by hand</source>
        <translation>Den Umriss einer Fläche frei zeichnen</translation>
    </message>
    <message>
        <source>Draw the outline of {name} with the polygon tool on two frames, some frames apart; it has nothing else there</source>
        <translation>Den Umriss von {name} mit dem Polygon auf zwei Bildern zeichnen, zwischen denen andere liegen; sonst hat es dort nichts</translation>
    </message>
    <message>
        <source>Drop a video here</source>
        <translation>Ein Video hierher ziehen</translation>
    </message>
    <message>
        <source>Drop to import the masks of {name}</source>
        <translation>Loslassen, um die Masken aus {name} zu importieren</translation>
    </message>
    <message>
        <source>Drop to open the frames in {name}</source>
        <translation>Loslassen, um die Bilder in {name} zu öffnen</translation>
    </message>
    <message>
        <source>Drop to open the project {name}</source>
        <translation>Loslassen, um das Projekt {name} zu öffnen</translation>
    </message>
    <message>
        <source>Drop to open {name}</source>
        <translation>Loslassen, um {name} zu öffnen</translation>
    </message>
    <message>
        <source>Drop to open {video} and import the masks of {name}</source>
        <translation>Loslassen, um {video} zu öffnen und die Masken aus {name} zu importieren</translation>
    </message>
    <message>
        <source>E&amp;xchange with</source>
        <translation>&amp;Tauschen mit</translation>
    </message>
    <message>
        <source>E&amp;xchange with…</source>
        <translation>Tauschen &amp;mit …</translation>
    </message>
    <message>
        <source>Edges</source>
        <translation>Ränder</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Bearbeiten</translation>
    </message>
    <message>
        <source>Enclosed background that is smaller</source>
        <translation>Umschlossener Hintergrund, der kleiner ist</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message>
        <source>Enter or a click on the first corner closes the outline · right button removes a corner · Esc cancels it</source>
        <translation>Enter oder Klick auf die erste Ecke schließt · rechte Taste entfernt Ecke · Esc verwirft</translation>
    </message>
    <message>
        <source>Enter or a double click changes the key, Delete takes it away.</source>
        <translation>Enter oder ein Doppelklick ändert die Taste, Entf nimmt sie weg.</translation>
    </message>
    <message>
        <source>Erase it</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Erase the active object</source>
        <translation>Das aktive Objekt radieren</translation>
    </message>
    <message>
        <source>Erase the inside of an outline</source>
        <translation>Das Innere eines Umrisses löschen</translation>
    </message>
    <message>
        <source>Eraser</source>
        <translation>Radierer</translation>
    </message>
    <message>
        <source>Erases while a tool paints</source>
        <translation>Radiert, solange ein Werkzeug malt</translation>
    </message>
    <message>
        <source>Escape</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Every frame has its masks now: C goes to the one that most deserves a look, Ctrl+E exports them.</source>
        <translation>Jedes Bild hat jetzt seine Masken: C führt zu dem, das am ehesten einen Blick verdient, Strg+E exportiert sie.</translation>
    </message>
    <message>
        <source>Every n-th frame of the chosen range: those between stay as they are</source>
        <translation>Jedes n-te Bild des gewählten Bereichs: die dazwischen bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Every object is decided there: no pass changes it</source>
        <translation>Alle Objekte sind dort entschieden: kein Durchlauf ändert sie</translation>
    </message>
    <message>
        <source>Exchange</source>
        <translation>Tauschen</translation>
    </message>
    <message>
        <source>Exchange objects</source>
        <translation>Objekte tauschen</translation>
    </message>
    <message>
        <source>Exchange {name} with</source>
        <translation>{name} tauschen mit</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren …</translation>
    </message>
    <message>
        <source>Extend the range</source>
        <translation>Bereich erweitern</translation>
    </message>
    <message>
        <source>F&amp;ill</source>
        <translation>&amp;Füllen</translation>
    </message>
    <message>
        <source>F&amp;irst frame</source>
        <translation>Ers&amp;tes Bild</translation>
    </message>
    <message>
        <source>F&amp;ollow the pass</source>
        <translation>Dem Durchlauf &amp;folgen</translation>
    </message>
    <message>
        <source>Feather</source>
        <translation>Weichzeichnen</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>File exists</source>
        <translation>Datei existiert schon</translation>
    </message>
    <message>
        <source>File name too long</source>
        <translation>Dateiname zu lang</translation>
    </message>
    <message>
        <source>Fill</source>
        <translation>Füllen</translation>
    </message>
    <message>
        <source>Fill &amp;holes</source>
        <translation>&amp;Löcher füllen</translation>
    </message>
    <message>
        <source>Fill a closed outline; right button removes a patch</source>
        <translation>Einen geschlossenen Umriss füllen; rechte Taste entfernt ein Stück</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>Fill the background that the object encloses</source>
        <translation>Den Hintergrund füllen, den das Objekt umschließt</translation>
    </message>
    <message>
        <source>Find the video…</source>
        <translation>Video suchen …</translation>
    </message>
    <message>
        <source>Fine: 720 pixels, in 3 times the time</source>
        <translation>Fein: 720 Pixel, in 3-facher Zeit</translation>
    </message>
    <message>
        <source>First mask on frame</source>
        <translation>Erste Maske auf Bild</translation>
    </message>
    <message>
        <source>Follow the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Follow the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>For colour &amp;blindness</source>
        <translation>Bei &amp;Farbenblindheit</translation>
    </message>
    <message>
        <source>For colour blindness</source>
        <translation>Bei Farbenblindheit</translation>
    </message>
    <message>
        <source>For detectors and labelling tools: Detectron2, MMDetection, CVAT, FiftyOne</source>
        <translation>Für Detektoren und Annotationsprogramme: Detectron2, MMDetection, CVAT, FiftyOne</translation>
    </message>
    <message>
        <source>For look-alikes that a pass mixed up: from this frame to the next reference frame</source>
        <translation>Für Doppelgänger, die ein Durchlauf verwechselt hat: von diesem Bild bis zum nächsten Referenzbild</translation>
    </message>
    <message>
        <source>For the official DAVIS scorer, and for XMem, Cutie and other video segmentation</source>
        <translation>Für die offizielle DAVIS-Auswertung, für XMem, Cutie und andere Videosegmentierung</translation>
    </message>
    <message>
        <source>For training on video; objects may first appear on a later frame</source>
        <translation>Zum Trainieren mit Videos; Objekte dürfen später erscheinen</translation>
    </message>
    <message>
        <source>Forget them</source>
        <translation>Vergessen</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Vorwärts</translation>
    </message>
    <message>
        <source>Forward to the &amp;end</source>
        <translation>Vorwärts b&amp;is zum Ende</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Frame {t} has no mask: paint it, or go to one that has a mask</source>
        <translation>Bild {t} hat keine Maske: hier malen oder zu einem Bild mit Maske gehen</translation>
    </message>
    <message>
        <source>Frame {t} is a reference frame: it is never overwritten</source>
        <translation>Bild {t} ist ein Referenzbild: es wird nie überschrieben</translation>
    </message>
    <message>
        <source>Frame {t} is the first one: there is nothing to fill</source>
        <translation>Bild {t} ist das erste: es gibt nichts zu füllen</translation>
    </message>
    <message>
        <source>Frame {t} is the last one: there is nothing to fill</source>
        <translation>Bild {t} ist das letzte: es gibt nichts zu füllen</translation>
    </message>
    <message>
        <source>Frame {t} of {path} cannot be decoded: the file is damaged there. Other frames can be annotated.</source>
        <translation>Bild {t} von {path} lässt sich nicht dekodieren: die Datei ist dort beschädigt. Andere Bilder können annotiert werden.</translation>
    </message>
    <message>
        <source>Frame {t} · {name}</source>
        <translation>Bild {t} · {name}</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Frames between two drawn with the polygon tool get their outline, moved and bent</source>
        <translation>Bilder zwischen zwei mit dem Polygon gezeichneten bekommen deren Umriss, bewegt und gebogen</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Frames {first}-{last}</source>
        <translation>Bilder {first}–{last}</translation>
    </message>
    <message>
        <source>From a folder of masks, or a data set: DAVIS, YouTube-VOS, COCO</source>
        <translation>Aus einem Ordner mit Masken oder einem Datensatz: DAVIS, YouTube-VOS, COCO</translation>
    </message>
    <message>
        <source>From the mask of this frame, even if it is no reference frame</source>
        <translation>Von der Maske dieses Bildes aus, auch wenn es kein Referenzbild ist</translation>
    </message>
    <message>
        <source>From the next pass on.</source>
        <translation>Ab dem nächsten Durchlauf.</translation>
    </message>
    <message>
        <source>From the next pass on. While other programs are busy, fewer are faster.</source>
        <translation>Ab dem nächsten Durchlauf. Neben beschäftigten Programmen sind weniger schneller.</translation>
    </message>
    <message>
        <source>From the next pass on; a pass that runs goes on with what it has.</source>
        <translation>Ab dem nächsten Durchlauf; einer, der läuft, behält seine.</translation>
    </message>
    <message>
        <source>From the next start on.</source>
        <translation>Ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>From this reference frame, or the last one before, up to the next</source>
        <translation>Von diesem Referenzbild oder dem letzten davor bis zum nächsten</translation>
    </message>
    <message>
        <source>From this reference frame, or the next one after, back to the one before</source>
        <translation>Von diesem Referenzbild oder dem nächsten danach zurück bis zum vorigen</translation>
    </message>
    <message>
        <source>General</source>
        <translation>Allgemein</translation>
    </message>
    <message>
        <source>Go</source>
        <translation>Gehe zu</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>Zurückgehen</translation>
    </message>
    <message>
        <source>Go there</source>
        <translation>Hingehen</translation>
    </message>
    <message>
        <source>Go to that frame</source>
        <translation>Zu diesem Bild gehen</translation>
    </message>
    <message>
        <source>Go to the propagated frame that is least certain; again: to the next</source>
        <translation>Zum unsichersten übertragenen Bild; noch einmal: zum nächsten</translation>
    </message>
    <message>
        <source>Gray</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>Größer oder kleiner</translation>
    </message>
    <message>
        <source>Hard, as the masks are</source>
        <translation>Hart, wie die Masken sind</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hide object</source>
        <translation>Objekt ausblenden</translation>
    </message>
    <message>
        <source>High quality</source>
        <translation>Hohe Qualität</translation>
    </message>
    <message>
        <source>Hold X</source>
        <translation>X gedrückt</translation>
    </message>
    <message>
        <source>How many sigma_s from where it was each of several objects is read at most</source>
        <translation>Wie viele sigma_s von seinem Ort jedes von mehreren Objekten höchstens gelesen wird</translation>
    </message>
    <message>
        <source>Ids must count from 1 without a gap, so they change: {changes}.</source>
        <translation>Nummern müssen lückenlos ab 1 zählen, daher ändern sie sich: {changes}.</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Einlesen</translation>
    </message>
    <message>
        <source>Import a &amp;mask or a COCO file…</source>
        <translation>Eine Maske oder COCO-Datei ei&amp;nlesen …</translation>
    </message>
    <message>
        <source>Import a mask or a COCO file</source>
        <translation>Eine Maske oder COCO-Datei einlesen</translation>
    </message>
    <message>
        <source>Import masks</source>
        <translation>Masken einlesen</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren …</translation>
    </message>
    <message>
        <source>Input/output error</source>
        <translation>Ein-/Ausgabefehler</translation>
    </message>
    <message>
        <source>Interpolate</source>
        <translation>Interpolieren</translation>
    </message>
    <message>
        <source>Interpolate bet&amp;ween outlines</source>
        <translation>Umrisse dazwischen inter&amp;polieren</translation>
    </message>
    <message>
        <source>Interpolate outlines</source>
        <translation>Umrisse interpolieren</translation>
    </message>
    <message>
        <source>Invalid data found when processing input</source>
        <translation>Daten sind ungültig</translation>
    </message>
    <message>
        <source>Is a directory</source>
        <translation>Ist ein Ordner</translation>
    </message>
    <message>
        <source>It holds no frames and no masks</source>
        <translation>Der Ordner enthält weder Bilder noch Masken</translation>
    </message>
    <message>
        <source>It is no video, no picture and no mask</source>
        <translation>Das ist weder ein Video noch ein Bild noch eine Maske</translation>
    </message>
    <message>
        <source>It is not to be seen here, whatever a pass finds</source>
        <translation>Es ist hier nicht zu sehen, was auch immer ein Durchlauf findet</translation>
    </message>
    <message>
        <source>Its mask on this frame, to be pasted onto others</source>
        <translation>Seine Maske auf diesem Bild, um sie auf anderen einzufügen</translation>
    </message>
    <message>
        <source>Its pixels become those of another object</source>
        <translation>Seine Pixel gehören dann zu einem anderen Objekt</translation>
    </message>
    <message>
        <source>Keep of the object only what is selected</source>
        <translation>Vom Objekt nur behalten, was ausgewählt wird</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>L&amp;asso</source>
        <translation>&amp;Lasso</translation>
    </message>
    <message>
        <source>L&amp;ast frame</source>
        <translation>Letztes Bil&amp;d</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Lar&amp;ger brush</source>
        <translation>Größerer Pi&amp;nsel</translation>
    </message>
    <message>
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message>
        <source>Last frame</source>
        <translation>Letztes Bild</translation>
    </message>
    <message>
        <source>Leave as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Left button</source>
        <translation>Linke Taste</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Loading the network</source>
        <translation>Das Netz wird geladen</translation>
    </message>
    <message>
        <source>Lock object</source>
        <translation>Objekt sperren</translation>
    </message>
    <message>
        <source>Lock or unlock: locked pixels cannot be painted over</source>
        <translation>Sperren oder freigeben: gesperrte Pixel können nicht übermalt werden</translation>
    </message>
    <message>
        <source>Locked pixels cannot be painted over</source>
        <translation>Gesperrte Pixel können nicht übermalt werden</translation>
    </message>
    <message>
        <source>Looking at the picture…</source>
        <translation>Das Bild wird betrachtet …</translation>
    </message>
    <message>
        <source>M&amp;asks as</source>
        <translation>M&amp;asken als</translation>
    </message>
    <message>
        <source>Magnetic lasso</source>
        <translation>Magnetisches Lasso</translation>
    </message>
    <message>
        <source>Make it a &amp;reference frame</source>
        <translation>Zum &amp;Referenzbild machen</translation>
    </message>
    <message>
        <source>Make that frame a reference frame, or not</source>
        <translation>Dieses Bild zum Referenzbild machen, oder nicht mehr</translation>
    </message>
    <message>
        <source>Marks</source>
        <translation>Zeichen</translation>
    </message>
    <message>
        <source>Marks of the timeline</source>
        <translation>Zeichen der Zeitleiste</translation>
    </message>
    <message>
        <source>Mas&amp;ks only</source>
        <translation>&amp;Nur Masken</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Masks (*.png *.json);;All files (*)</source>
        <translation>Masken (*.png *.json);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Masks from before the &amp;last pass</source>
        <translation>&amp;Masken vor dem letzten Durchlauf</translation>
    </message>
    <message>
        <source>Masks from before the last pass are shown: X shows those of now</source>
        <translation>Zu sehen sind die Masken vor dem letzten Durchgang: X zeigt die jetzigen</translation>
    </message>
    <message>
        <source>Masks that lie on no chosen frame, and are left out: {n}</source>
        <translation>Masken, die auf keinem gewählten Bild liegen und ausgelassen werden: {n}</translation>
    </message>
    <message>
        <source>Masks: {masks}, objects: {n}</source>
        <translation>Masken: {masks}, Objekte: {n}</translation>
    </message>
    <message>
        <source>Matched &amp;points</source>
        <translation>Zugeordnete &amp;Punkte</translation>
    </message>
    <message>
        <source>Matched points</source>
        <translation>Zugeordnete Punkte</translation>
    </message>
    <message>
        <source>Medium quality</source>
        <translation>Mittlere Qualität</translation>
    </message>
    <message>
        <source>Memorizing the reference frames</source>
        <translation>Die Referenzbilder werden eingeprägt</translation>
    </message>
    <message>
        <source>Memory cell of frame {t}, row {row}, column {column}, on {owner}</source>
        <translation>Gedächtniszelle von Bild {t}, Zeile {row}, Spalte {column}, auf {owner}</translation>
    </message>
    <message>
        <source>Memory for decoded frames</source>
        <translation>Speicher für dekodierte Bilder</translation>
    </message>
    <message>
        <source>Memory for undo</source>
        <translation>Speicher für Rückgängig</translation>
    </message>
    <message>
        <source>Memory frames</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>Merge objects</source>
        <translation>Objekte verschmelzen</translation>
    </message>
    <message>
        <source>Merge {name} into</source>
        <translation>{name} verschmelzen mit</translation>
    </message>
    <message>
        <source>Middle button, or Space + drag</source>
        <translation>Mittlere Taste oder Leertaste + Ziehen</translation>
    </message>
    <message>
        <source>Middle double click</source>
        <translation>Mittlerer Doppelklick</translation>
    </message>
    <message>
        <source>Mo&amp;ve</source>
        <translation>&amp;Verschieben</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Mehr</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Move &amp;down</source>
        <translation>Nach u&amp;nten</translation>
    </message>
    <message>
        <source>Move &amp;down the list</source>
        <translation>In der Liste nach un&amp;ten</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach &amp;oben</translation>
    </message>
    <message>
        <source>Move &amp;up the list</source>
        <translation>In der Liste nach &amp;oben</translation>
    </message>
    <message>
        <source>Move corner</source>
        <translation>Ecke verschieben</translation>
    </message>
    <message>
        <source>Move object</source>
        <translation>Objekt umordnen</translation>
    </message>
    <message>
        <source>Move, add, delete a corner</source>
        <translation>Ecke verschieben, setzen, löschen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Ne&amp;xt frame</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>Neither {name} nor {other} is on this frame or on those that follow</source>
        <translation>Weder {name} noch {other} ist auf diesem Bild oder den folgenden</translation>
    </message>
    <message>
        <source>New object</source>
        <translation>Neues Objekt</translation>
    </message>
    <message>
        <source>Next c&amp;hanged frame</source>
        <translation>Nächstes Bild mit &amp;Änderung</translation>
    </message>
    <message>
        <source>Next frame to &amp;check</source>
        <translation>Nächstes Bild zum &amp;Prüfen</translation>
    </message>
    <message>
        <source>No &amp;reference frame any more</source>
        <translation>Kein &amp;Referenzbild mehr</translation>
    </message>
    <message>
        <source>No chosen object is on a chosen frame: choose others, or propagate first</source>
        <translation>Kein gewähltes Objekt ist auf einem gewählten Bild: andere wählen oder erst propagieren</translation>
    </message>
    <message>
        <source>No frame is painted yet: paint the objects on this frame, then propagate</source>
        <translation>Noch ist kein Bild bemalt: die Objekte auf diesem Bild malen, dann übertragen</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>No mask comes to lie on these frames: choose others, or another first frame</source>
        <translation>Keine Maske kommt auf diesen Bildern zu liegen: andere wählen oder ein anderes erstes Bild</translation>
    </message>
    <message>
        <source>No mask in or beside frames {first}-{last} to start from: paint one of them, or choose up to a frame that has one</source>
        <translation>In und neben den Bildern {first}–{last} ist keine Maske zum Anfangen: eines davon bemalen, oder den Bereich bis zu einem Bild mit Maske wählen</translation>
    </message>
    <message>
        <source>No mask of {name} shows an object: paint one and propagate it before the export</source>
        <translation>Keine Maske von {name} zeigt ein Objekt: vor dem Export eines malen und übertragen</translation>
    </message>
    <message>
        <source>No mask on or beside frame {t} to start from: paint it, or choose up to a frame that has one</source>
        <translation>Auf und neben Bild {t} ist keine Maske zum Anfangen: es bemalen, oder den Bereich bis zu einem Bild mit Maske wählen</translation>
    </message>
    <message>
        <source>No pass changes them, and the next one starts from them.</source>
        <translation>Kein Durchlauf ändert sie, und der nächste geht von ihnen aus.</translation>
    </message>
    <message>
        <source>No pass has been over this frame yet: propagate over it.</source>
        <translation>Über dieses Bild ging noch kein Durchlauf: darüber hinweg übertragen.</translation>
    </message>
    <message>
        <source>No ran&amp;ge</source>
        <translation>&amp;Kein Bereich</translation>
    </message>
    <message>
        <source>No range</source>
        <translation>Kein Bereich</translation>
    </message>
    <message>
        <source>No range is chosen: drag with shift held on the timeline, then propagate</source>
        <translation>Kein Bereich ist gewählt: mit Umschalt auf der Zeitleiste ziehen, dann übertragen</translation>
    </message>
    <message>
        <source>No reference frame after frame {t}: paint this frame, or propagate forward from frame {other}</source>
        <translation>Kein Referenzbild nach Bild {t}: dieses Bild bemalen oder ab Bild {other} vorwärts übertragen</translation>
    </message>
    <message>
        <source>No reference frame before frame {t}: paint this frame, or propagate backward from frame {other}</source>
        <translation>Kein Referenzbild vor Bild {t}: dieses Bild bemalen oder ab Bild {other} rückwärts übertragen</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>Kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>No such file or directory</source>
        <translation>Datei oder Ordner nicht gefunden</translation>
    </message>
    <message>
        <source>None of the objects is on these frames.</source>
        <translation>Keines der Objekte ist auf diesen Bildern.</translation>
    </message>
    <message>
        <source>Not a directory</source>
        <translation>Ist kein Ordner</translation>
    </message>
    <message>
        <source>Not sure: click what is missing, right-click what is too much · Enter keeps the selection · Esc cancels it</source>
        <translation>Unsicher: Klick auf Fehlendes, Rechtsklick auf Überzähliges · Enter behält · Esc verwirft</translation>
    </message>
    <message>
        <source>Not taken as frames of {name}: {files}.</source>
        <translation>Nicht zu den Bildern von {name} gezählt: {files}.</translation>
    </message>
    <message>
        <source>Nothing is stale: every mask comes from references that are still as they were</source>
        <translation>Nichts ist veraltet: Jede Maske kommt von Referenzen, die noch sind, wie sie waren</translation>
    </message>
    <message>
        <source>Nothing stands out in this box: paint what belongs to {name}, or press Esc to leave it</source>
        <translation>In diesem Rahmen hebt sich nichts ab: malen, was zu {name} gehört, oder mit Esc verlassen</translation>
    </message>
    <message>
        <source>Nothing to check: no frame was propagated yet</source>
        <translation>Nichts zu prüfen: noch wurde kein Bild übertragen</translation>
    </message>
    <message>
        <source>Nothing to fill here: it is {name} or protected</source>
        <translation>Hier ist nichts zu füllen: es ist {name} oder geschützt</translation>
    </message>
    <message>
        <source>Nothing to fill {where}: the next frame is a reference frame or the end</source>
        <translation>{where} ist nichts zu füllen: das nächste Bild ist ein Referenzbild, oder das Video endet</translation>
    </message>
    <message>
        <source>Nothing to fill: frame {t} is a reference frame</source>
        <translation>Nichts zu füllen: Bild {t} ist ein Referenzbild</translation>
    </message>
    <message>
        <source>Nothing to fill: frames {first}-{last} are reference frames</source>
        <translation>Nichts zu füllen: die Bilder {first}–{last} sind Referenzbilder</translation>
    </message>
    <message>
        <source>Nothing was found here: click another part of {name}, or press Esc to leave it</source>
        <translation>Hier wurde nichts gefunden: einen anderen Teil von {name} anklicken oder mit Esc verlassen</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>Noch nichts</translation>
    </message>
    <message>
        <source>O&amp;bject colours</source>
        <translation>&amp;Objektfarben</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Object above or below</source>
        <translation>Objekt darüber oder darunter</translation>
    </message>
    <message>
        <source>Object absent here</source>
        <translation>Objekt hier abwesend</translation>
    </message>
    <message>
        <source>Object {id} is not in the first frame (at 480p), which the scorer refuses: left out; propagate backward to the first frame to keep it.</source>
        <translation>Objekt {id} ist nicht im ersten Bild (bei 480p), was die Auswertung ablehnt: ausgelassen; rückwärts bis zum ersten Bild übertragen, um es zu behalten.</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Objects &amp;cut out</source>
        <translation>Objekte &amp;freigestellt</translation>
    </message>
    <message>
        <source>Objects&apos; colours</source>
        <translation>Objektfarben</translation>
    </message>
    <message>
        <source>Of folders of pictures, from the next opening on; also in their overlay videos.</source>
        <translation>Von Bildordnern, ab dem nächsten Öffnen; auch in ihren Overlay-Videos.</translation>
    </message>
    <message>
        <source>Of several pictures in one file only the first is shown ({files}): open the file for all.</source>
        <translation>Von mehreren Bildern in einer Datei ist nur das erste zu sehen ({files}): die Datei selbst öffnen, um alle zu sehen.</translation>
    </message>
    <message>
        <source>Of the Gaussian around the matched points, in cells</source>
        <translation>Der Gauß-Glocke um die zugeordneten Punkte, in Zellen</translation>
    </message>
    <message>
        <source>Of what the object has on this frame, that stays which lies in the new area; Shift, held while you select, does the same</source>
        <translation>Von dem, was das Objekt auf diesem Bild hat, bleibt, was in der neuen Fläche liegt; die Umschalttaste bewirkt beim Auswählen dasselbe</translation>
    </message>
    <message>
        <source>Of {n} files or folders that were dropped only {name} was taken</source>
        <translation>Von {n} hierher gezogenen Dateien oder Ordnern wurde nur {name} genommen</translation>
    </message>
    <message>
        <source>Okabe and Ito&apos;s colours, on the screen only</source>
        <translation>Farben von Okabe und Ito, nur auf dem Bildschirm</translation>
    </message>
    <message>
        <source>On the screen only; exports keep the objects&apos; own colours.</source>
        <translation>Nur auf dem Bildschirm; Exporte behalten die Farben der Objekte.</translation>
    </message>
    <message>
        <source>One frame bac&amp;k</source>
        <translation>Ein Bild &amp;zurück</translation>
    </message>
    <message>
        <source>One frame o&amp;n</source>
        <translation>Ein Bild &amp;weiter</translation>
    </message>
    <message>
        <source>One mask goes to the shown frame</source>
        <translation>Eine Maske kommt auf das gezeigte Bild</translation>
    </message>
    <message>
        <source>One mask, objects: {n}</source>
        <translation>Eine Maske, Objekte: {n}</translation>
    </message>
    <message>
        <source>Only files on this computer can be opened</source>
        <translation>Nur Dateien auf diesem Rechner lassen sich öffnen</translation>
    </message>
    <message>
        <source>Only frames</source>
        <translation>Nur Bilder</translation>
    </message>
    <message>
        <source>Only the a&amp;ctive object</source>
        <translation>Nur das aktive &amp;Objekt</translation>
    </message>
    <message>
        <source>Only the first of {n} files or folders is taken</source>
        <translation>Nur das erste von {n} Dateien oder Ordnern wird genommen</translation>
    </message>
    <message>
        <source>Onto every frame that is chosen on the timeline</source>
        <translation>Auf jedes Bild, das auf der Zeitleiste gewählt ist</translation>
    </message>
    <message>
        <source>Onto this frame</source>
        <translation>Auf dieses Bild</translation>
    </message>
    <message>
        <source>Open &amp;folder of frames…</source>
        <translation>&amp;Ordner mit Bildern öffnen …</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open all the same</source>
        <translation>Trotzdem öffnen</translation>
    </message>
    <message>
        <source>Open as frames</source>
        <translation>Als Bilder öffnen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open folder of frames</source>
        <translation>Ordner mit Bildern öffnen</translation>
    </message>
    <message>
        <source>Open it with this video all the same? Masks are scaled; those of missing frames stay aside.</source>
        <translation>Trotzdem mit diesem Video öffnen? Masken werden skaliert; die fehlender Bilder bleiben beiseite.</translation>
    </message>
    <message>
        <source>Open the &amp;demo</source>
        <translation>&amp;Demo öffnen</translation>
    </message>
    <message>
        <source>Open video</source>
        <translation>Video öffnen</translation>
    </message>
    <message>
        <source>Opening {name} …</source>
        <translation>{name} wird geöffnet …</translation>
    </message>
    <message>
        <source>Opens a menu</source>
        <translation>Öffnet ein Menü</translation>
    </message>
    <message>
        <source>Outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>Outlines and &amp;boxes</source>
        <translation>Umrisse und Rahm&amp;en</translation>
    </message>
    <message>
        <source>Outlines that are not closed yet wait in their tools, on frames: {frames}</source>
        <translation>Noch nicht geschlossene Umrisse warten in ihren Werkzeugen, auf den Bildern: {frames}</translation>
    </message>
    <message>
        <source>Outlines, boxes and clicks add to what the object has on this frame</source>
        <translation>Umrisse, Rahmen und Klicks kommen zu dem hinzu, was das Objekt auf diesem Bild hat</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>Über die Zeit</translation>
    </message>
    <message>
        <source>Overlay video</source>
        <translation>Video mit Masken</translation>
    </message>
    <message>
        <source>Page up, Page down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Page up, page down</source>
        <translation>Bild auf, Bild ab</translation>
    </message>
    <message>
        <source>Paint objects on one frame of a video; a space-time-memory network with a spatial-constrain kernel carries the masks on.</source>
        <translation>Objekte auf einem Bild eines Videos malen; ein Netz mit Raum-Zeit-Gedächtnis und räumlich begrenzendem Kern trägt die Masken weiter.</translation>
    </message>
    <message>
        <source>Paint the active object</source>
        <translation>Das aktive Objekt malen</translation>
    </message>
    <message>
        <source>Paint the active object; right button erases</source>
        <translation>Das aktive Objekt malen; rechte Taste radiert</translation>
    </message>
    <message>
        <source>Paint what is missing, right button erases · Enter keeps the selection · Esc cancels it</source>
        <translation>Malen, was fehlt; rechte Taste löscht · Enter behält die Auswahl · Esc verwirft sie</translation>
    </message>
    <message>
        <source>Paint {name} on this frame. N adds another object. Then press Ctrl+Enter to propagate.</source>
        <translation>{name} auf diesem Bild malen. N fügt ein weiteres Objekt hinzu. Dann überträgt Strg+Enter.</translation>
    </message>
    <message>
        <source>Painting changes no pixel of the other objects</source>
        <translation>Malen ändert kein Pixel der anderen Objekte</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Bild schieben</translation>
    </message>
    <message>
        <source>Pan the timeline</source>
        <translation>Zeitleiste schieben</translation>
    </message>
    <message>
        <source>Pane&amp;ls</source>
        <translation>Fel&amp;der</translation>
    </message>
    <message>
        <source>Past every reference frame on the way; between two of them, from both</source>
        <translation>Über alle Referenzbilder auf dem Weg hinweg; zwischen zweien von beiden aus</translation>
    </message>
    <message>
        <source>Paste &amp;here</source>
        <translation>H&amp;ier einfügen</translation>
    </message>
    <message>
        <source>Paste i&amp;nto the range</source>
        <translation>In den Berei&amp;ch einfügen</translation>
    </message>
    <message>
        <source>Paste masks</source>
        <translation>Masken einfügen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Performance</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>Keine Berechtigung</translation>
    </message>
    <message>
        <source>Picture {t} of {path} cannot be read, or has another size than the first: split the file, and take it out</source>
        <translation>Bild {t} von {path} ist nicht zu lesen, oder anders groß als das erste: die Datei zerlegen und es herausnehmen</translation>
    </message>
    <message>
        <source>Pieces that are smaller, but for the largest one</source>
        <translation>Teile, die kleiner sind, außer dem größten</translation>
    </message>
    <message>
        <source>Play &amp;backward</source>
        <translation>&amp;Rückwärts abspielen</translation>
    </message>
    <message>
        <source>Play &amp;forward</source>
        <translation>&amp;Vorwärts abspielen</translation>
    </message>
    <message>
        <source>Play or stop</source>
        <translation>Abspielen oder anhalten</translation>
    </message>
    <message>
        <source>Play the chosen range, or the whole video, over and over</source>
        <translation>Den gewählten Bereich oder das ganze Video immer wieder abspielen</translation>
    </message>
    <message>
        <source>Plots over time</source>
        <translation>Kurven über die Zeit</translation>
    </message>
    <message>
        <source>Point at the frame: the memory shows where that was read from. Click on the memory to see its weights.</source>
        <translation>Zeigen Sie auf das Bild: Das Gedächtnis zeigt, woher dort gelesen wurde. Klicken Sie ins Gedächtnis, um dessen Gewichte zu sehen.</translation>
    </message>
    <message>
        <source>Polygon</source>
        <translation>Polygon</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
        <source>Pre&amp;vious frame</source>
        <translation>V&amp;origes Bild</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Press Ctrl+Enter to carry the masks forward, or use the buttons below the frame.</source>
        <translation>Strg+Enter überträgt die Masken vorwärts; oder die Knöpfe unter dem Bild verwenden.</translation>
    </message>
    <message>
        <source>Press the new key for “{action}”. Esc cancels.</source>
        <translation>Neue Taste für „{action}“ drücken. Esc bricht ab.</translation>
    </message>
    <message>
        <source>Previo&amp;us reference</source>
        <translation>Voriges Referenz&amp;bild</translation>
    </message>
    <message>
        <source>Previous change&amp;d frame</source>
        <translation>Voriges Bild &amp;mit Änderung</translation>
    </message>
    <message>
        <source>Prior of the last mask</source>
        <translation>Vorwissen der letzten Maske</translation>
    </message>
    <message>
        <source>Prior&apos;s width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Pro&amp;tect other objects</source>
        <translation>Andere Objekte sc&amp;hützen</translation>
    </message>
    <message>
        <source>ProRes 4444 of the chosen objects: for DaVinci Resolve, After Effects, Final Cut</source>
        <translation>ProRes 4444 der gewählten Objekte: für DaVinci Resolve, After Effects, Final Cut</translation>
    </message>
    <message>
        <source>Progress: {name}</source>
        <translation>Fortschritt: {name}</translation>
    </message>
    <message>
        <source>Propagate</source>
        <translation>Übertragen</translation>
    </message>
    <message>
        <source>Propagate on</source>
        <translation>Weiter übertragen</translation>
    </message>
    <message>
        <source>Propagate {first}</source>
        <translation>Übertragen {first}</translation>
    </message>
    <message>
        <source>Propagate {first}-{last}</source>
        <translation>Übertragen {first}–{last}</translation>
    </message>
    <message>
        <source>Propagate {name} only</source>
        <translation>Nur {name} übertragen</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Quick: 320 pixels, in 0.6 of the time</source>
        <translation>Schnell: 320 Pixel, in 0,6 der Zeit</translation>
    </message>
    <message>
        <source>RGBA PNGs of the chosen objects: for every compositing program</source>
        <translation>RGBA-PNGs der gewählten Objekte: für jedes Compositing-Programm</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Range &amp;ends here</source>
        <translation>Bereich &amp;endet hier</translation>
    </message>
    <message>
        <source>Reach</source>
        <translation>Reichweite</translation>
    </message>
    <message>
        <source>Read from references</source>
        <translation>Aus Referenzen gelesen</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>Nur lesbares Dateisystem</translation>
    </message>
    <message>
        <source>Reader</source>
        <translation>Leser</translation>
    </message>
    <message>
        <source>Reader lab</source>
        <translation>Leserlabor</translation>
    </message>
    <message>
        <source>Reader lab, reached with Tab</source>
        <translation>Leserlabor, mit Tab erreicht</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen …</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Recent videos</source>
        <translation>Letzte Videos</translation>
    </message>
    <message>
        <source>References stay as they are; the next pass may change the rest.</source>
        <translation>Referenzen bleiben, wie sie sind; der nächste Durchlauf darf das Übrige ändern.</translation>
    </message>
    <message>
        <source>References stay references, and what a pass brought may be changed by the next one.</source>
        <translation>Referenzen bleiben Referenzen, und was ein Durchlauf brachte, darf der nächste ändern.</translation>
    </message>
    <message>
        <source>Remove specks</source>
        <translation>Flecken entfernen</translation>
    </message>
    <message>
        <source>Remove specks, fill holes, grow, shrink and smooth in time, over a range</source>
        <translation>Flecken entfernen, Löcher füllen, vergrößern, verkleinern und zeitlich glätten, über einen Bereich</translation>
    </message>
    <message>
        <source>Remove spikes and notches from the outline</source>
        <translation>Spitzen und Kerben vom Umriss entfernen</translation>
    </message>
    <message>
        <source>Rename object</source>
        <translation>Objekt umbenennen</translation>
    </message>
    <message>
        <source>Renew</source>
        <translation>Erneuern</translation>
    </message>
    <message>
        <source>Renew 1 frame</source>
        <translation>1 Bild erneuern</translation>
    </message>
    <message>
        <source>Renew stale fra&amp;mes</source>
        <translation>Vera&amp;ltete Bilder erneuern</translation>
    </message>
    <message>
        <source>Renew {n} frames</source>
        <translation>{n} Bilder erneuern</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace a file that was not written from this video, or was changed since</source>
        <translation>Eine Datei ersetzen, die nicht aus diesem Video geschrieben oder seither geändert wurde</translation>
    </message>
    <message>
        <source>Replace what is there</source>
        <translation>Ersetzen, was da ist</translation>
    </message>
    <message>
        <source>Replace what the object has, instead of adding</source>
        <translation>Ersetzen, was das Objekt hat, statt hinzufügen</translation>
    </message>
    <message>
        <source>Replace {n} files that were not written from this video, or were changed since</source>
        <translation>{n} Dateien ersetzen, die nicht aus diesem Video geschrieben oder seither geändert wurden</translation>
    </message>
    <message>
        <source>Resolution</source>
        <translation>Auflösung</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Right button</source>
        <translation>Rechte Taste</translation>
    </message>
    <message>
        <source>Right button on the frame</source>
        <translation>Rechte Taste auf dem Bild</translation>
    </message>
    <message>
        <source>Right button, or Alt + click</source>
        <translation>Rechte Taste oder Alt + Klick</translation>
    </message>
    <message>
        <source>Row {row}, column {column}</source>
        <translation>Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
        <source>Saved as you go in {folder}</source>
        <translation>Wird laufend gespeichert in {folder}</translation>
    </message>
    <message>
        <source>See what the pass changed</source>
        <translation>Sehen, was der Durchlauf geändert hat</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>Set reference frame</source>
        <translation>Referenzbild setzen</translation>
    </message>
    <message>
        <source>Shift + arrows, Home, End</source>
        <translation>Umschalt + Pfeile, Pos1, Ende</translation>
    </message>
    <message>
        <source>Shift + click</source>
        <translation>Umschalt + Klick</translation>
    </message>
    <message>
        <source>Shift + click or box</source>
        <translation>Umschalt + Klick oder Rahmen</translation>
    </message>
    <message>
        <source>Shift + drag</source>
        <translation>Umschalt + Ziehen</translation>
    </message>
    <message>
        <source>Shift + wheel, or middle button</source>
        <translation>Umschalt + Mausrad oder mittlere Taste</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show all objects</source>
        <translation>Alle Objekte zeigen</translation>
    </message>
    <message>
        <source>Show at {scale}</source>
        <translation>Mit {scale} zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show object</source>
        <translation>Objekt zeigen</translation>
    </message>
    <message>
        <source>Show one object</source>
        <translation>Ein Objekt zeigen</translation>
    </message>
    <message>
        <source>Show onl&amp;y this, or all</source>
        <translation>Nur &amp;dieses zeigen, oder alle</translation>
    </message>
    <message>
        <source>Show or h&amp;ide</source>
        <translation>&amp;Zeigen oder ausblenden</translation>
    </message>
    <message>
        <source>Show or hide; with Alt, show only this one or all</source>
        <translation>Zeigen oder ausblenden; mit Alt nur dieses oder alle</translation>
    </message>
    <message>
        <source>Show the &amp;whole timeline</source>
        <translation>Ganze Ze&amp;itleiste zeigen</translation>
    </message>
    <message>
        <source>Show the masks</source>
        <translation>Die Masken zeigen</translation>
    </message>
    <message>
        <source>Show weights that are far smaller than the largest, too</source>
        <translation>Auch Gewichte zeigen, die viel kleiner als das größte sind</translation>
    </message>
    <message>
        <source>Shrin&amp;k</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of the window&apos;s parts</source>
        <translation>Größe der Fensterteile</translation>
    </message>
    <message>
        <source>Sma&amp;ller brush</source>
        <translation>&amp;Kleinerer Pinsel</translation>
    </message>
    <message>
        <source>Small file</source>
        <translation>Kleine Datei</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Glätten</translation>
    </message>
    <message>
        <source>Smooth in time</source>
        <translation>Zeitlich glätten</translation>
    </message>
    <message>
        <source>So do Space, and K with the tool Select</source>
        <translation>Auch mit der Leertaste, und mit K, das Auswählen nimmt</translation>
    </message>
    <message>
        <source>So many are read, those nearest in time</source>
        <translation>So viele Bilder werden gelesen, die zeitlich nächsten</translation>
    </message>
    <message>
        <source>Soft, along the edges in the picture</source>
        <translation>Weich, entlang der Kanten im Bild</translation>
    </message>
    <message>
        <source>Soft, as the network sees them (slower)</source>
        <translation>Weich, wie das Netz sie sieht (langsamer)</translation>
    </message>
    <message>
        <source>Some pictures of {name} go below zero: that is shown as black.</source>
        <translation>Einige Bilder von {name} haben Werte unter null: Diese werden schwarz gezeigt.</translation>
    </message>
    <message>
        <source>Something went wrong in the program.</source>
        <translation>Im Programm ist etwas schiefgegangen.</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Spatial-constrain &amp;kernel</source>
        <translation>Räumlich begrenzender &amp;Kern</translation>
    </message>
    <message>
        <source>Speed, pixels per frame</source>
        <translation>Tempo, Pixel je Bild</translation>
    </message>
    <message>
        <source>Stale masks are exported as they are, unless you renew them first (U): on 1 frame</source>
        <translation>Veraltete Masken werden exportiert, wie sie sind, wenn Sie sie nicht vorher erneuern (U): auf 1 Bild</translation>
    </message>
    <message>
        <source>Stale masks are exported as they are, unless you renew them first (U): on {n} frames</source>
        <translation>Veraltete Masken werden exportiert, wie sie sind, wenn Sie sie nicht vorher erneuern (U): auf {n} Bildern</translation>
    </message>
    <message>
        <source>Start page</source>
        <translation>Startseite</translation>
    </message>
    <message>
        <source>Starting</source>
        <translation>Beginnt</translation>
    </message>
    <message>
        <source>Step over the chosen range</source>
        <translation>Schrittweite im gewählten Bereich</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stored</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Straight line from the last stroke</source>
        <translation>Gerade Linie vom letzten Strich</translation>
    </message>
    <message>
        <source>Stroke</source>
        <translation>Strich</translation>
    </message>
    <message>
        <source>T&amp;imeline</source>
        <translation>&amp;Zeitleiste</translation>
    </message>
    <message>
        <source>Take another reading</source>
        <translation>Andere Lesung übernehmen</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Take its last corner or stroke back</source>
        <translation>Die letzte Ecke oder den letzten Strich zurücknehmen</translation>
    </message>
    <message>
        <source>Take pixels from a selection</source>
        <translation>Aus einer Auswahl Pixel wegnehmen</translation>
    </message>
    <message>
        <source>Take this mask</source>
        <translation>Maske übernehmen</translation>
    </message>
    <message>
        <source>Take up the offer</source>
        <translation>Das Angebot annehmen</translation>
    </message>
    <message>
        <source>Ten fra&amp;mes on</source>
        <translation>Zehn Bilder &amp;weiter</translation>
    </message>
    <message>
        <source>Ten frames back or on</source>
        <translation>Zehn Bilder zurück oder weiter</translation>
    </message>
    <message>
        <source>That ball is right here now: Shift+Enter carries it on both ways.</source>
        <translation>Dieser Ball stimmt hier jetzt: Umschalt+Enter trägt ihn in beide Richtungen weiter.</translation>
    </message>
    <message>
        <source>The clock of {name} does not tell the order of its frames: they are counted as they are decoded, and a step back takes long. This makes a copy that is quicker: {command}</source>
        <translation>Die Uhr von {name} sagt nicht, in welcher Folge die Bilder kommen: sie werden gezählt, wie sie dekodiert werden, und ein Schritt zurück dauert lange. Eine schnellere Kopie macht: {command}</translation>
    </message>
    <message>
        <source>The eraser erases only {name}: alt-click another object to choose that</source>
        <translation>Der Radierer löscht nur {name}: Alt + Klick wählt ein anderes Objekt</translation>
    </message>
    <message>
        <source>The first frame of {name} shows no object, and DAVIS starts from one: propagate backward to it</source>
        <translation>Das erste Bild von {name} zeigt kein Objekt, und DAVIS geht von einem aus: rückwärts bis dorthin übertragen</translation>
    </message>
    <message>
        <source>The frame beside the frame with its masks; paint in either</source>
        <translation>Das Bild neben dem Bild mit Masken; gemalt wird in beiden</translation>
    </message>
    <message>
        <source>The frame&apos;s short side, from the next pass on. Less is quicker.</source>
        <translation>Die kurze Seite des Bildes, ab dem nächsten Durchlauf. Weniger ist schneller.</translation>
    </message>
    <message>
        <source>The frames that are chosen on the timeline, and no others</source>
        <translation>Die auf der Zeitleiste gewählten Bilder und keine anderen</translation>
    </message>
    <message>
        <source>The graphics card, if it is usable</source>
        <translation>Grafikkarte, wenn eine dazu geeignet ist</translation>
    </message>
    <message>
        <source>The last pass changed little after this frame</source>
        <translation>Nach diesem Bild hat der letzte Durchlauf wenig geändert</translation>
    </message>
    <message>
        <source>The last pass changed little before this frame</source>
        <translation>Vor diesem Bild hat der letzte Durchlauf wenig geändert</translation>
    </message>
    <message>
        <source>The last pass changed no mask that was there before</source>
        <translation>Der letzte Durchlauf hat keine Maske geändert, die vorher da war</translation>
    </message>
    <message>
        <source>The last pass changed nothing here</source>
        <translation>Der letzte Durchlauf hat hier nichts geändert</translation>
    </message>
    <message>
        <source>The mask of frame {t} is not in {folder} any more: put it back, or draw it anew.</source>
        <translation>Die Maske von Bild {t} ist nicht mehr in {folder}: zurücklegen oder neu zeichnen.</translation>
    </message>
    <message>
        <source>The mask of this frame if the memory is read otherwise</source>
        <translation>Die Maske dieses Bildes, wenn das Gedächtnis anders gelesen wird</translation>
    </message>
    <message>
        <source>The mask that is there, and the other one</source>
        <translation>Die Maske, die da ist, und die andere</translation>
    </message>
    <message>
        <source>The masks are {size}; they are scaled to the frames&apos; {frames}.</source>
        <translation>Die Masken haben {size}; sie werden auf die {frames} der Bilder skaliert.</translation>
    </message>
    <message>
        <source>The masks of frames {frames} are not in {folder} any more: put them back, or draw them anew.</source>
        <translation>Die Masken der Bilder {frames} sind nicht mehr in {folder}: zurücklegen oder neu zeichnen.</translation>
    </message>
    <message>
        <source>The masks of {folder} were scaled from {size} to {size_now}: check that they fit.</source>
        <translation>Die Masken von {folder} wurden von {size} auf {size_now} skaliert: bitte prüfen, ob sie passen.</translation>
    </message>
    <message>
        <source>The masks show no object: there is nothing to import</source>
        <translation>Die Masken zeigen kein Objekt: Es gibt nichts zu importieren</translation>
    </message>
    <message>
        <source>The masks that the other objects have stay as they are</source>
        <translation>Die Masken der anderen Objekte bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>The memory cell beside it</source>
        <translation>Die Gedächtniszelle daneben</translation>
    </message>
    <message>
        <source>The name of {path} is too long for its mask to be named after it: shorten it by a letter</source>
        <translation>Der Name von {path} ist zu lang, um die Maske danach zu nennen: um einen Buchstaben kürzen</translation>
    </message>
    <message>
        <source>The name of {path} is too long for its mask to be named after it: shorten it by {n} letters</source>
        <translation>Der Name von {path} ist zu lang, um die Maske danach zu nennen: um {n} Buchstaben kürzen</translation>
    </message>
    <message>
        <source>The network&apos;s weights</source>
        <translation>Gewichte des Netzes</translation>
    </message>
    <message>
        <source>The objects that were copied are not there any more</source>
        <translation>Die kopierten Objekte gibt es nicht mehr</translation>
    </message>
    <message>
        <source>The outline can be moved and bent from frame {a} to frame {b} (I)</source>
        <translation>Der Umriss kann von Bild {a} bis Bild {b} bewegt und gebogen werden (I)</translation>
    </message>
    <message>
        <source>The outline on frame {t} is not closed: it waits there</source>
        <translation>Der Umriss auf Bild {t} ist nicht geschlossen: Er wartet dort</translation>
    </message>
    <message>
        <source>The outlines of {name} on frames {a} and {b} have different numbers of parts</source>
        <translation>Die Umrisse von {name} auf den Bildern {a} und {b} haben verschieden viele Teile</translation>
    </message>
    <message>
        <source>The pass ended, since masks that it goes by were changed</source>
        <translation>Der Durchlauf endete, weil Masken geändert wurden, von denen er ausgeht</translation>
    </message>
    <message>
        <source>The pass ended, since masks that it goes by were changed; those that it made stay</source>
        <translation>Der Durchlauf endete, weil Masken geändert wurden, von denen er ausgeht; was er fand, bleibt</translation>
    </message>
    <message>
        <source>The picture of frame {t} cannot be read: paint there with the brush or the polygon</source>
        <translation>Das Bild {t} ist nicht lesbar: dort mit Pinsel oder Polygon malen</translation>
    </message>
    <message>
        <source>The pictures of {name} have more than 8 bits: {white} is shown as white.</source>
        <translation>Die Bilder von {name} haben mehr als 8 Bit: {white} wird als Weiß gezeigt.</translation>
    </message>
    <message>
        <source>The pixels of {name} are not square: its frames are shown, and masks made, in {shown} instead of the stored {stored}.</source>
        <translation>Die Pixel von {name} sind nicht quadratisch: die Bilder werden in {shown} statt der gespeicherten {stored} gezeigt, und so groß sind die Masken.</translation>
    </message>
    <message>
        <source>The processor</source>
        <translation>Prozessor</translation>
    </message>
    <message>
        <source>The program ended while frame {t} was saved: it is kept as a reference frame.</source>
        <translation>Das Programm endete, während Bild {t} gespeichert wurde: Es bleibt als Referenzbild.</translation>
    </message>
    <message>
        <source>The program ended while frames {frames} were saved: they are kept as reference frames.</source>
        <translation>Das Programm endete, während die Bilder {frames} gespeichert wurden: Sie bleiben als Referenzbilder.</translation>
    </message>
    <message>
        <source>The same mask</source>
        <translation>Dieselbe Maske</translation>
    </message>
    <message>
        <source>The selection changed nothing of {name} on frame {t}</source>
        <translation>Die Auswahl hat an {name} auf Bild {t} nichts geändert</translation>
    </message>
    <message>
        <source>The selection on frame {t} was kept</source>
        <translation>Die Auswahl auf Bild {t} wurde behalten</translation>
    </message>
    <message>
        <source>The sequence is called {file_name}: {name} would not do as a folder of a data set.</source>
        <translation>Die Sequenz heißt {file_name}: {name} taugt nicht als Ordner eines Datensatzes.</translation>
    </message>
    <message>
        <source>The stale masks have no reference to come from: paint one of their frames</source>
        <translation>Die veralteten Masken haben keine Referenz, von der sie kommen könnten: eines ihrer Bilder malen</translation>
    </message>
    <message>
        <source>The strongest matches between the memory and this frame</source>
        <translation>Die stärksten Zuordnungen zwischen dem Gedächtnis und diesem Bild</translation>
    </message>
    <message>
        <source>The weights {path} are not there any more: the bundled ones are used</source>
        <translation>Die Gewichte {path} sind nicht mehr da: Die mitgelieferten werden verwendet</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Erscheinung</translation>
    </message>
    <message>
        <source>There is no frame to copy to: the video ends here</source>
        <translation>Es gibt kein Bild, in das kopiert werden könnte: das Video endet hier</translation>
    </message>
    <message>
        <source>There is no object to paint: add one (N)</source>
        <translation>Es gibt kein Objekt zum Malen: eines anlegen (N)</translation>
    </message>
    <message>
        <source>There is nothing of {name} on this frame to cut down: add to it first</source>
        <translation>Von {name} gibt es auf diesem Bild nichts zuzuschneiden: Fügen Sie erst etwas hinzu</translation>
    </message>
    <message>
        <source>There is nothing of {name} on this frame to take away: click it first</source>
        <translation>Von {name} ist auf diesem Bild nichts, das wegzunehmen wäre: erst das Objekt anklicken</translation>
    </message>
    <message>
        <source>There is nothing to copy on this frame</source>
        <translation>Auf diesem Bild gibt es nichts zu kopieren</translation>
    </message>
    <message>
        <source>These masks cannot be imported.</source>
        <translation>Diese Masken lassen sich nicht einlesen.</translation>
    </message>
    <message>
        <source>This is closed when “{name}” is done</source>
        <translation>Hier wird geschlossen, wenn „{name}“ fertig ist</translation>
    </message>
    <message>
        <source>This lies outside of the picture: click the object, or drag a box round it</source>
        <translation>Das liegt außerhalb des Bildes: das Objekt anklicken oder einen Rahmen darum ziehen</translation>
    </message>
    <message>
        <source>Threads for propagation</source>
        <translation>Threads für einen Durchlauf</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Zeitleiste</translation>
    </message>
    <message>
        <source>Timeline, reached with Tab or F6</source>
        <translation>Zeitleiste, mit Tab oder F6 erreicht</translation>
    </message>
    <message>
        <source>Too many open files</source>
        <translation>Zu viele offene Dateien</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>Demo ansehen</translation>
    </message>
    <message>
        <source>Two red balls that look alike are painted here: Ctrl+Enter carries the masks on.</source>
        <translation>Zwei rote Bälle, die einander gleichen, sind hier bemalt: Strg+Enter trägt die Masken weiter.</translation>
    </message>
    <message>
        <source>Type a number to go there</source>
        <translation>Eine Zahl eingeben, um dorthin zu gehen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Unlock object</source>
        <translation>Objekt freigeben</translation>
    </message>
    <message>
        <source>Unset reference frame</source>
        <translation>Referenzbild aufheben</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>Auf, Ab</translation>
    </message>
    <message>
        <source>Use the bundled weights</source>
        <translation>Die mitgelieferten Gewichte nehmen</translation>
    </message>
    <message>
        <source>Videos (*.mp4 *.mov *.avi *.mkv *.webm *.m4v);;All files (*)</source>
        <translation>Videos (*.mp4 *.mov *.avi *.mkv *.webm *.m4v);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>Vivid</source>
        <translation>Kräftig</translation>
    </message>
    <message>
        <source>W&amp;hole video</source>
        <translation>&amp;Ganzes Video</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights on a logarithmic scale</source>
        <translation>Gewichte logarithmisch</translation>
    </message>
    <message>
        <source>What becomes of the object&apos;s pixels</source>
        <translation>Was mit den Pixeln des Objekts geschieht</translation>
    </message>
    <message>
        <source>What came from a reference that was corrected since, by the shortest passes that do it</source>
        <translation>Was von einer inzwischen korrigierten Referenz kam, mit den kürzesten Durchläufen, die das tun</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>Was wäre wenn</translation>
    </message>
    <message>
        <source>What lines and diamonds mean</source>
        <translation>Was Linien und Rauten bedeuten</translation>
    </message>
    <message>
        <source>What the network matched is not saved: propagate over this frame to see it again.</source>
        <translation>Was das Netz zugeordnet hat, wird nicht gespeichert: über dieses Bild übertragen, um es wieder zu sehen.</translation>
    </message>
    <message>
        <source>What the network searched, matched, weighted and remembered for this frame</source>
        <translation>Was das Netz für dieses Bild suchte, zuordnete, gewichtete und behielt</translation>
    </message>
    <message>
        <source>What the object has on this frame gives way to the new area; Ctrl, held while you draw, does the same</source>
        <translation>Was das Objekt auf diesem Bild hat, weicht der neuen Fläche; Strg, beim Zeichnen gehalten, tut dasselbe</translation>
    </message>
    <message>
        <source>What the reader made of the memory cell that you click</source>
        <translation>Was der Leser aus der angeklickten Gedächtniszelle machte</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>When it is full, the oldest actions are forgotten.</source>
        <translation>Ist er voll, werden die ältesten Schritte vergessen.</translation>
    </message>
    <message>
        <source>Where a mask is wrong, paint it: no pass changes that object there any more. Then propagate from there.</source>
        <translation>Wo eine Maske falsch ist, malen Sie sie: kein Durchlauf ändert dieses Objekt dort noch. Dann von dort aus übertragen.</translation>
    </message>
    <message>
        <source>Where the network expects the active object</source>
        <translation>Wo das Netz das aktive Objekt erwartet</translation>
    </message>
    <message>
        <source>White</source>
        <translation>Weiß</translation>
    </message>
    <message>
        <source>With more, more frames around the shown one appear without waiting.</source>
        <translation>Je mehr, desto weiter kommt man von hier ohne Warten.</translation>
    </message>
    <message>
        <source>Work is saved as you go, beside the video; where that cannot be written, in</source>
        <translation>Die Arbeit wird laufend gespeichert, neben dem Video; wo das nicht geht, in</translation>
    </message>
    <message>
        <source>Write the pictures that the lab shows (PNG) and their numbers (CSV) into a folder</source>
        <translation>Die Bilder, die das Labor zeigt (PNG), und ihre Zahlen (CSV) in einen Ordner schreiben</translation>
    </message>
    <message>
        <source>Written to {path}, and read back to check it.</source>
        <translation>Nach {path} geschrieben und zur Prüfung zurückgelesen.</translation>
    </message>
    <message>
        <source>Written to {path}.</source>
        <translation>Nach {path} geschrieben.</translation>
    </message>
    <message>
        <source>YouTube-VOS data set</source>
        <translation>YouTube-VOS-Datensatz</translation>
    </message>
    <message>
        <source>Your work is saved as you go; you can go on.</source>
        <translation>Die Arbeit wird laufend gespeichert; es kann weitergehen.</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Verk&amp;leinern</translation>
    </message>
    <message>
        <source>Zoom &amp;out of the timeline</source>
        <translation>Zeitleiste verk&amp;leinern</translation>
    </message>
    <message>
        <source>Zoom at the mouse</source>
        <translation>An der Maus vergrößern</translation>
    </message>
    <message>
        <source>Zoom in on the timeline</source>
        <translation>Zeitleiste vergrößern</translation>
    </message>
    <message>
        <source>Zoom in, out, show all</source>
        <translation>Vergrößern, verkleinern, alles zeigen</translation>
    </message>
    <message>
        <source>a GGUF file, as language models have</source>
        <translation>eine GGUF-Datei, wie Sprachmodelle sie haben</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a ZIP archive, or a file of PyTorch that holds more than weights</source>
        <translation>ein ZIP-Archiv oder eine PyTorch-Datei, die mehr als Gewichte enthält</translation>
    </message>
    <message>
        <source>a compressed file: unpack it first</source>
        <translation>eine gepackte Datei: Entpacken Sie sie zuerst</translation>
    </message>
    <message>
        <source>a file is in the way; move it, or choose another place</source>
        <translation>eine Datei ist im Weg; sie verschieben oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>a frame that the network remembers while it looks at this one</source>
        <translation>ein Bild, an das sich das Netz erinnert, während es dieses ansieht</translation>
    </message>
    <message>
        <source>a gap: a pass looked for the object here and did not find it</source>
        <translation>eine Lücke: Ein Durchlauf suchte das Objekt hier und fand es nicht</translation>
    </message>
    <message>
        <source>a part of {n:.0f} % of the object is gone since frame {t}</source>
        <translation>ein Teil von {n:.0f} % des Objekts fehlt seit Bild {t}</translation>
    </message>
    <message>
        <source>a picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>ein Text</translation>
    </message>
    <message>
        <source>a video</source>
        <translation>ein Video</translation>
    </message>
    <message>
        <source>after this frame</source>
        <translation>Nach diesem Bild</translation>
    </message>
    <message>
        <source>almost all of the object is gone since frame {t}</source>
        <translation>fast das ganze Objekt fehlt seit Bild {t}</translation>
    </message>
    <message>
        <source>an HDF5 file, as Keras writes</source>
        <translation>eine HDF5-Datei, wie Keras sie schreibt</translation>
    </message>
    <message>
        <source>an empty file</source>
        <translation>eine leere Datei</translation>
    </message>
    <message>
        <source>another program has it open; close it there, and try again</source>
        <translation>ein anderes Programm hat die Datei geöffnet; sie dort schließen und es noch einmal versuchen</translation>
    </message>
    <message>
        <source>around this frame</source>
        <translation>Um dieses Bild</translation>
    </message>
    <message>
        <source>before this frame</source>
        <translation>Vor diesem Bild</translation>
    </message>
    <message>
        <source>between outlines that you drew: it follows them</source>
        <translation>zwischen gezeichneten Umrissen: folgt ihnen</translation>
    </message>
    <message>
        <source>between outlines that you drew: it follows them; no pass changes it</source>
        <translation>zwischen gezeichneten Umrissen: folgt ihnen; kein Durchlauf ändert es</translation>
    </message>
    <message>
        <source>brush {n:.0f} px</source>
        <translation>Pinsel {n:.0f} px</translation>
    </message>
    <message>
        <source>chosen memory cell</source>
        <translation>gewählte Gedächtniszelle</translation>
    </message>
    <message>
        <source>confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>everywhere</source>
        <translation>überall</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>frame {t}</source>
        <translation>Bild {t}</translation>
    </message>
    <message>
        <source>frame {t} / {length}</source>
        <translation>Bild {t} / {length}</translation>
    </message>
    <message>
        <source>frames {first}-{last}</source>
        <translation>Bilder {first}-{last}</translation>
    </message>
    <message>
        <source>from this frame on</source>
        <translation>ab diesem Bild</translation>
    </message>
    <message>
        <source>how certain the network was; C goes to the low points</source>
        <translation>wie sicher das Netz war; C springt zu den tiefsten Stellen</translation>
    </message>
    <message>
        <source>how much the last pass changed the mask; . and , go through the high points</source>
        <translation>wie sehr der letzte Durchlauf die Maske geändert hat; . und , gehen durch die hohen Stellen</translation>
    </message>
    <message>
        <source>in this video</source>
        <translation>In diesem Video</translation>
    </message>
    <message>
        <source>it does not exist; check its name</source>
        <translation>es gibt sie nicht; den Namen prüfen</translation>
    </message>
    <message>
        <source>it grew by {n:.0f} % at frame {t}</source>
        <translation>bei Bild {t} wurde es um {n:.0f} % größer</translation>
    </message>
    <message>
        <source>it grew to {n:.0f} times its size at frame {t}</source>
        <translation>bei Bild {t} wurde es {n:.0f}-mal so groß</translation>
    </message>
    <message>
        <source>it is a folder; choose another name</source>
        <translation>das ist ein Ordner; einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>it is a folder; give a file</source>
        <translation>das ist ein Ordner; eine Datei angeben</translation>
    </message>
    <message>
        <source>it is unclear where it ends</source>
        <translation>wo es aufhört, ist unklar</translation>
    </message>
    <message>
        <source>it jumped to another place at frame {t}</source>
        <translation>bei Bild {t} sprang es an eine andere Stelle</translation>
    </message>
    <message>
        <source>it may have changed places with one that looks like it</source>
        <translation>es hat vielleicht mit einem ähnlichen den Platz getauscht</translation>
    </message>
    <message>
        <source>it shrank by {n:.0f} % at frame {t}</source>
        <translation>bei Bild {t} wurde es um {n:.0f} % kleiner</translation>
    </message>
    <message>
        <source>its folder does not exist; make that, or choose another place</source>
        <translation>den Ordner gibt es nicht; ihn anlegen oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>its name is too long; check it</source>
        <translation>der Name ist zu lang; ihn prüfen</translation>
    </message>
    <message>
        <source>its references alone find something else here</source>
        <translation>seine Referenzen allein finden hier etwas anderes</translation>
    </message>
    <message>
        <source>its references match places outside of it</source>
        <translation>seine Referenzen passen zu Stellen außerhalb davon</translation>
    </message>
    <message>
        <source>last pass</source>
        <translation>letzter Lauf</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>matched point, larger where W1 is</source>
        <translation>zugeordneter Punkt, größer bei großem W1</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Gedächtnis</translation>
    </message>
    <message>
        <source>memory 1 frame, {mib:.0f} MB</source>
        <translation>Gedächtnis 1 Bild, {mib:.0f} MB</translation>
    </message>
    <message>
        <source>memory {n} frames, {mib:.0f} MB</source>
        <translation>Gedächtnis {n} Bilder, {mib:.0f} MB</translation>
    </message>
    <message>
        <source>much the same on frames {first}-{last}</source>
        <translation>ähnlich auf den Bildern {first}–{last}</translation>
    </message>
    <message>
        <source>no mask yet</source>
        <translation>noch keine Maske</translation>
    </message>
    <message>
        <source>no object has a mask: paint at least one on a frame, then propagate</source>
        <translation>Kein Objekt hat eine Maske: mindestens eines auf einem Bild malen, dann übertragen</translation>
    </message>
    <message>
        <source>no pass has been here</source>
        <translation>kein Durchlauf war hier</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not found here</source>
        <translation>hier nicht gefunden</translation>
    </message>
    <message>
        <source>not found here: it left the frame</source>
        <translation>hier nicht gefunden: es hat das Bild verlassen</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>nothing would change there</source>
        <translation>dort würde sich nichts ändern</translation>
    </message>
    <message>
        <source>object {id}</source>
        <translation>Objekt {id}</translation>
    </message>
    <message>
        <source>on 1 frame</source>
        <translation>auf 1 Bild</translation>
    </message>
    <message>
        <source>on {n} frames</source>
        <translation>auf {n} Bildern</translation>
    </message>
    <message>
        <source>or a folder of frames. Paint the objects on one frame, and propagate.</source>
        <translation>oder einen Ordner mit Bildern. Die Objekte auf einem Bild malen, dann übertragen.</translation>
    </message>
    <message>
        <source>press a key …</source>
        <translation>Taste drücken …</translation>
    </message>
    <message>
        <source>propagated</source>
        <translation>übertragen</translation>
    </message>
    <message>
        <source>propagated from frame {t}</source>
        <translation>übertragen von Bild {t}</translation>
    </message>
    <message>
        <source>propagated from frames {frames}</source>
        <translation>übertragen von den Bildern {frames}</translation>
    </message>
    <message>
        <source>propagated from references</source>
        <translation>von Referenzen übertragen</translation>
    </message>
    <message>
        <source>propagated, {n:.0f} % certain</source>
        <translation>übertragen, {n:.0f} % sicher</translation>
    </message>
    <message>
        <source>query cell under the mouse</source>
        <translation>Anfragezelle unter der Maus</translation>
    </message>
    <message>
        <source>r, with circles of sigma_s and twice that</source>
        <translation>r, mit Kreisen von sigma_s und dem Doppelten</translation>
    </message>
    <message>
        <source>reference frame</source>
        <translation>Referenzbild</translation>
    </message>
    <message>
        <source>reference frame {t} stays</source>
        <translation>Referenzbild {t} bleibt</translation>
    </message>
    <message>
        <source>reference frames {frames} and {last} stay</source>
        <translation>die Referenzbilder {frames} und {last} bleiben</translation>
    </message>
    <message>
        <source>reference of {names}</source>
        <translation>Referenz von {names}</translation>
    </message>
    <message>
        <source>reference {t}</source>
        <translation>Referenz {t}</translation>
    </message>
    <message>
        <source>reference: absent here, as you said</source>
        <translation>Referenz: fehlt hier, wie angegeben</translation>
    </message>
    <message>
        <source>reference: you painted it here</source>
        <translation>Referenz: hier gemalt</translation>
    </message>
    <message>
        <source>reference: you painted the object here; no pass changes it</source>
        <translation>Referenz: das Objekt wurde hier gemalt; kein Durchlauf ändert es</translation>
    </message>
    <message>
        <source>reference: you said that it is absent here</source>
        <translation>Referenz: das Objekt fehlt hier, wie angegeben</translation>
    </message>
    <message>
        <source>right button erases</source>
        <translation>rechte Taste radiert</translation>
    </message>
    <message>
        <source>save it as a palette or 8-bit gray PNG whose values are object ids</source>
        <translation>als PNG mit Palette oder 8 Bit Grau speichern, dessen Werte Objektnummern sind</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>saving</source>
        <translation>wird gespeichert</translation>
    </message>
    <message>
        <source>sigma_g</source>
        <translation>sigma_g</translation>
    </message>
    <message>
        <source>sigma_s is multiplied by this</source>
        <translation>Damit wird sigma_s malgenommen</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>stale: a reference that it came from was corrected since; U renews it</source>
        <translation>veraltet: eine Referenz, von der es kam, wurde seither korrigiert; U erneuert es</translation>
    </message>
    <message>
        <source>stale: a reference was corrected since; U renews it</source>
        <translation>veraltet: eine Referenz wurde seither korrigiert; U erneuert es</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>the background</source>
        <translation>dem Hintergrund</translation>
    </message>
    <message>
        <source>the disk can only be read; choose another place</source>
        <translation>der Datenträger lässt sich nur lesen; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the disk is full; free some space, or choose another place</source>
        <translation>der Datenträger ist voll; Platz schaffen oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the frame&apos;s border cuts it</source>
        <translation>der Bildrand schneidet es ab</translation>
    </message>
    <message>
        <source>the mask of frame {t} is {size}, the video&apos;s frames are {wanted}</source>
        <translation>Die Maske von Bild {t} ist {size}, die Bilder des Videos sind {wanted}</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>der Name ist zu lang; einen kürzeren wählen</translation>
    </message>
    <message>
        <source>there is a mask for frame {t}, but the video has frames 0 to {last}</source>
        <translation>Es gibt eine Maske für Bild {t}, aber das Video hat die Bilder 0 bis {last}</translation>
    </message>
    <message>
        <source>what the pass you point at would replace</source>
        <translation>was der Durchlauf ersetzen würde, auf den die Maus zeigt</translation>
    </message>
    <message>
        <source>what was memorized of it matches places outside of it</source>
        <translation>was davon eingeprägt wurde, passt zu Stellen außerhalb davon</translation>
    </message>
    <message>
        <source>with Alt it erases</source>
        <translation>mit Alt löscht es</translation>
    </message>
    <message>
        <source>with Ctrl it replaces what is there</source>
        <translation>mit Strg ersetzt es, was da ist</translation>
    </message>
    <message>
        <source>you have no permission to read it; ask its owner for that, or for a copy</source>
        <translation>zum Lesen fehlt die Berechtigung; den Besitzer darum oder um eine Kopie bitten</translation>
    </message>
    <message>
        <source>you have no permission to write there; ask its owner for that, or choose another place</source>
        <translation>zum Schreiben fehlt dort die Berechtigung; den Besitzer darum bitten oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{changed} of 1 frame changed</source>
        <translation>{changed} von 1 Bild geändert</translation>
    </message>
    <message>
        <source>{changed} of {n} frames changed</source>
        <translation>{changed} von {n} Bildern geändert</translation>
    </message>
    <message>
        <source>{device} has too little memory for {objects} at {size} pixels: let the network see fewer (--size), or compute on the processor (--device cpu)</source>
        <translation>{device} hat zu wenig Speicher für {objects} bei {size} Pixeln: das Netz weniger sehen (--size) oder auf dem Prozessor rechnen lassen (--device cpu)</translation>
    </message>
    <message>
        <source>{done} of 1 frame</source>
        <translation>{done} von 1 Bild</translation>
    </message>
    <message>
        <source>{done} of 1 frame from the other end</source>
        <translation>{done} von 1 Bild vom anderen Ende her</translation>
    </message>
    <message>
        <source>{done} of {total} frames</source>
        <translation>{done} von {total} Bildern</translation>
    </message>
    <message>
        <source>{done} of {total} frames from the other end</source>
        <translation>{done} von {total} Bildern vom anderen Ende her</translation>
    </message>
    <message>
        <source>{error}. The video that was open stays open.</source>
        <translation>{error}. Das bisherige Video bleibt offen.</translation>
    </message>
    <message>
        <source>{file} has no usable value for {names}: the default is used</source>
        <translation>{file} hat keinen brauchbaren Wert für {names}: die Vorgabe gilt</translation>
    </message>
    <message>
        <source>{file} is damaged: all preferences have their default values</source>
        <translation>{file} ist beschädigt: alle Einstellungen sind die üblichen</translation>
    </message>
    <message>
        <source>{file} is named like no frame and was left out.</source>
        <translation>{file} heißt wie kein Bild und wurde ausgelassen.</translation>
    </message>
    <message>
        <source>{file} was passed over, as masks are PNGs with a name of their own.</source>
        <translation>{file} wurde übergangen, denn Masken sind PNGs mit einem eigenen Namen.</translation>
    </message>
    <message>
        <source>{folder} belongs to another video ({other}, {length} of {size}), not to {video} ({length_now} of {size_now}): open that one, move the project folder away, or open it with this video all the same (--anyway)</source>
        <translation>{folder} gehört zu einem anderen Video ({other}, {length} von {size}), nicht zu {video} ({length_now} von {size_now}): jenes öffnen, den Projektordner woandershin legen oder trotzdem mit diesem Video öffnen (--anyway)</translation>
    </message>
    <message>
        <source>{folder} beside the video holds masks</source>
        <translation>{folder} neben dem Video enthält Masken</translation>
    </message>
    <message>
        <source>{folder} holds no mask named like a frame, such as {example}: rename the masks</source>
        <translation>{folder} enthält keine Maske, die wie ein Bild heißt, etwa {example}: die Masken umbenennen</translation>
    </message>
    <message>
        <source>{folder} holds no mask of these frames: check the sequence&apos;s name</source>
        <translation>{folder} enthält keine Maske dieser Bilder: den Namen der Sequenz prüfen</translation>
    </message>
    <message>
        <source>{folder} holds no pictures ({suffixes}): open a folder that does, or a video</source>
        <translation>{folder} enthält keine Bilder ({suffixes}): einen Ordner mit Bildern öffnen, oder ein Video</translation>
    </message>
    <message>
        <source>{folder} holds no pictures that are read in a folder ({suffixes}), but {files}: save them as PNG, or open an animation itself</source>
        <translation>{folder} enthält keine Bilder, die in einem Ordner gelesen werden ({suffixes}), sondern {files}: als PNG speichern, oder eine Animation selbst öffnen</translation>
    </message>
    <message>
        <source>{folder} holds sequences, no pictures: open one of them, such as {example}</source>
        <translation>{folder} enthält Sequenzen, keine Bilder: eine davon öffnen, etwa {example}</translation>
    </message>
    <message>
        <source>{folder} is not a project: it holds neither {file} nor {masks}</source>
        <translation>{folder} ist kein Projekt: es enthält weder {file} noch {masks}</translation>
    </message>
    <message>
        <source>{folder} was moved or deleted while it was open: all masks were written again.</source>
        <translation>{folder} wurde verschoben oder gelöscht, während es offen war: Alle Masken wurden neu geschrieben.</translation>
    </message>
    <message>
        <source>{folder} was saved from another window meanwhile: export what you did here if you need it, close this video without saving, and open it again</source>
        <translation>{folder} wurde inzwischen aus einem anderen Fenster gespeichert: was hier entstand, bei Bedarf exportieren, dieses Video ohne Speichern schließen und neu öffnen</translation>
    </message>
    <message>
        <source>{folder} was written by a newer version: update SKN Annotator to open it</source>
        <translation>{folder} wurde von einer neueren Version geschrieben: SKN Annotator aktualisieren, um es zu öffnen</translation>
    </message>
    <message>
        <source>{h} h {m:02d} min</source>
        <translation>{h} h {m:02d} min</translation>
    </message>
    <message>
        <source>{key} belongs to “{action}”.</source>
        <translation>{key} gehört zu „{action}“.</translation>
    </message>
    <message>
        <source>{key} chooses an object and cannot be chosen.</source>
        <translation>{key} wählt ein Objekt und kann nicht gewählt werden.</translation>
    </message>
    <message>
        <source>{key} has another use while it is held and cannot be chosen.</source>
        <translation>{key} hat gehalten eine andere Bedeutung und kann nicht gewählt werden.</translation>
    </message>
    <message>
        <source>{key} moves the focus and cannot be chosen.</source>
        <translation>{key} setzt den Fokus weiter und kann nicht gewählt werden.</translation>
    </message>
    <message>
        <source>{key} opens the menu {menu} and cannot be chosen.</source>
        <translation>{key} öffnet das Menü {menu} und kann nicht gewählt werden.</translation>
    </message>
    <message>
        <source>{more}, {removed} less; overlap (IoU) {overlap}</source>
        <translation>{more}, {removed} weniger; Überdeckung (IoU) {overlap}</translation>
    </message>
    <message>
        <source>{m} min {s:02d} s</source>
        <translation>{m} min {s:02d} s</translation>
    </message>
    <message>
        <source>{n:.0f} % certain</source>
        <translation>zu {n:.0f} % sicher</translation>
    </message>
    <message>
        <source>{n:.0f} % changed</source>
        <translation>{n:.0f} % geändert</translation>
    </message>
    <message>
        <source>{n:.0f} px</source>
        <translation>{n:.0f} px</translation>
    </message>
    <message>
        <source>{names} and {last} are on no reference frame, so they are not propagated</source>
        <translation>{names} und {last} sind auf keinem Referenzbild und werden nicht übertragen</translation>
    </message>
    <message>
        <source>{name} and {other} seem to have changed places: {other} got what {name} had here</source>
        <translation>{name} und {other} waren wohl vertauscht: {other} hat bekommen, was {name} hier hatte</translation>
    </message>
    <message>
        <source>{name} cannot be opened</source>
        <translation>{name} lässt sich nicht öffnen</translation>
    </message>
    <message>
        <source>{name} ends after frame 1 of {expected}: the file is damaged there. That frame can be annotated.</source>
        <translation>{name} endet nach Bild 1 von {expected}: Die Datei ist dort beschädigt. Dieses eine Bild kann annotiert werden.</translation>
    </message>
    <message>
        <source>{name} ends after frame {count} of {expected}: the file is damaged there. The {count} frames can be annotated.</source>
        <translation>{name} endet nach Bild {count} von {expected}: die Datei ist dort beschädigt. Die {count} Bilder können annotiert werden.</translation>
    </message>
    <message>
        <source>{name} has a variable frame rate: its frames are counted one by one, and played at the average of {fps} per second.</source>
        <translation>{name} hat eine wechselnde Bildrate: die Bilder werden einzeln gezählt und mit durchschnittlich {fps} je Sekunde abgespielt.</translation>
    </message>
    <message>
        <source>{name} has all of {other} here. If they changed places, {other} gets what {name} had</source>
        <translation>{name} hat hier alles von {other}. Haben beide die Plätze getauscht, bekommt {other}, was {name} hatte</translation>
    </message>
    <message>
        <source>{name} has nothing outside of this line: nothing was cut off</source>
        <translation>{name} hat nichts außerhalb dieser Linie: nichts wurde abgeschnitten</translation>
    </message>
    <message>
        <source>{name} has transparent parts: they are shown over black.</source>
        <translation>{name} hat durchsichtige Stellen: sie werden vor Schwarz gezeigt.</translation>
    </message>
    <message>
        <source>{name} has {length}: DAVIS needs {least} or more, choose another format</source>
        <translation>{name} hat {length}: DAVIS braucht {least} oder mehr, ein anderes Format wählen</translation>
    </message>
    <message>
        <source>{name} holds masks: open their video first, then drop them on it</source>
        <translation>{name} enthält Masken: Öffnen Sie erst ihr Video, und ziehen Sie sie dann darauf</translation>
    </message>
    <message>
        <source>{name} holds {n} videos: only one of them is shown.</source>
        <translation>{name} enthält {n} Videos: Nur eines davon wird gezeigt.</translation>
    </message>
    <message>
        <source>{name} is being read</source>
        <translation>{name} wird gelesen</translation>
    </message>
    <message>
        <source>{name} is hidden: show it in the list of objects to paint it</source>
        <translation>{name} ist ausgeblendet: zum Malen in der Objektliste einblenden</translation>
    </message>
    <message>
        <source>{name} is locked: unlock it in the list of objects first</source>
        <translation>{name} ist gesperrt: erst in der Objektliste freigeben</translation>
    </message>
    <message>
        <source>{name} is locked: unlock it in the list of objects to paint it</source>
        <translation>{name} ist gesperrt: zum Malen in der Objektliste freigeben</translation>
    </message>
    <message>
        <source>{name} is not on this frame</source>
        <translation>{name} ist nicht auf diesem Bild</translation>
    </message>
    <message>
        <source>{name} is on no reference frame, so it is not propagated: paint it on one</source>
        <translation>{name} ist auf keinem Referenzbild und wird nicht übertragen: auf einem malen</translation>
    </message>
    <message>
        <source>{name} is saved and closed</source>
        <translation>{name} wird gespeichert und geschlossen</translation>
    </message>
    <message>
        <source>{n} files are named like no frame and were left out: {files}.</source>
        <translation>{n} Dateien heißen wie kein Bild und wurden ausgelassen: {files}.</translation>
    </message>
    <message>
        <source>{n} files of the reader lab were written to {folder}</source>
        <translation>{n} Dateien des Leserlabors wurden nach {folder} geschrieben</translation>
    </message>
    <message>
        <source>{n} files were passed over, as masks are PNGs with a name of their own: {files}.</source>
        <translation>{n} Dateien wurden übergangen, denn Masken sind PNGs mit einem eigenen Namen: {files}.</translation>
    </message>
    <message>
        <source>{n} frames</source>
        <translation>{n} Bilder</translation>
    </message>
    <message>
        <source>{n} frames changed</source>
        <translation>{n} Bilder geändert</translation>
    </message>
    <message>
        <source>{n} frames filled</source>
        <translation>{n} Bilder gefüllt</translation>
    </message>
    <message>
        <source>{n} frames get their first mask</source>
        <translation>{n} Bilder bekommen ihre erste Maske</translation>
    </message>
    <message>
        <source>{n} frames have no mask and are left out.</source>
        <translation>{n} Bilder haben keine Maske und werden ausgelassen.</translation>
    </message>
    <message>
        <source>{n} frames have no mask and are written as empty.</source>
        <translation>{n} Bilder haben keine Maske und werden leer geschrieben.</translation>
    </message>
    <message>
        <source>{n} frames have no mask.</source>
        <translation>{n} Bilder haben keine Maske.</translation>
    </message>
    <message>
        <source>{n} frames show none of the objects and are empty.</source>
        <translation>{n} Bilder zeigen keines der Objekte und sind leer.</translation>
    </message>
    <message>
        <source>{n} frames/s</source>
        <translation>{n} Bilder/s</translation>
    </message>
    <message>
        <source>{n} masks get another object</source>
        <translation>{n} Masken bekommen ein weiteres Objekt</translation>
    </message>
    <message>
        <source>{n} masks in {folder} were left out: the video lacks their frames.</source>
        <translation>{n} Masken in {folder} wurden weggelassen: dem Video fehlen ihre Bilder.</translation>
    </message>
    <message>
        <source>{n} masks would be replaced</source>
        <translation>{n} Masken würden ersetzt</translation>
    </message>
    <message>
        <source>{n} objects</source>
        <translation>{n} Objekte</translation>
    </message>
    <message>
        <source>{n} of 1 object</source>
        <translation>{n} von 1 Objekt</translation>
    </message>
    <message>
        <source>{n} of {all} objects</source>
        <translation>{n} von {all} Objekten</translation>
    </message>
    <message>
        <source>{n} of {most}</source>
        <translation>{n} von {most}</translation>
    </message>
    <message>
        <source>{n} pictures of {name} share their name with another and were left out.</source>
        <translation>{n} Bilder von {name} heißen wie ein anderes und wurden ausgelassen.</translation>
    </message>
    <message>
        <source>{n} pixels more</source>
        <translation>{n} Pixel mehr</translation>
    </message>
    <message>
        <source>{n} reference frames stay</source>
        <translation>{n} Referenzbilder bleiben</translation>
    </message>
    <message>
        <source>{n} s per frame</source>
        <translation>{n} s je Bild</translation>
    </message>
    <message>
        <source>{pace}, {time} left</source>
        <translation>{pace}, noch {time}</translation>
    </message>
    <message>
        <source>{parent} cannot be written: what you do is saved in {folder}.</source>
        <translation>In {parent} kann nicht geschrieben werden: gespeichert wird in {folder}.</translation>
    </message>
    <message>
        <source>{path} and {n} more will be replaced.</source>
        <translation>{path} und {n} weitere werden ersetzt.</translation>
    </message>
    <message>
        <source>{path} and {n} more would be replaced, but they were not written from {source}, or were changed since: choose another place, or allow it (--overwrite)</source>
        <translation>{path} und {n} weitere würden ersetzt, wurden aber nicht aus {source} geschrieben oder seither geändert: einen anderen Ort wählen, oder es erlauben (--overwrite)</translation>
    </message>
    <message>
        <source>{path} cannot be opened ({reason}): check its name</source>
        <translation>{path} lässt sich nicht öffnen ({reason}): den Namen prüfen</translation>
    </message>
    <message>
        <source>{path} cannot be read ({reason}): {remedy}</source>
        <translation>{path} kann nicht gelesen werden ({reason}): {remedy}</translation>
    </message>
    <message>
        <source>{path} cannot be read as a video ({reason}): open another file</source>
        <translation>{path} kann nicht als Video gelesen werden ({reason}): eine andere Datei öffnen</translation>
    </message>
    <message>
        <source>{path} cannot be read as masks: {format} is only written</source>
        <translation>{path} kann nicht als Masken gelesen werden: {format} wird nur geschrieben</translation>
    </message>
    <message>
        <source>{path} cannot be read at frame {t} ({reason})</source>
        <translation>{path} kann bei Bild {t} nicht gelesen werden ({reason})</translation>
    </message>
    <message>
        <source>{path} cannot be read: {reason}</source>
        <translation>{path} kann nicht gelesen werden: {reason}</translation>
    </message>
    <message>
        <source>{path} cannot be written: {reason}</source>
        <translation>{path} kann nicht geschrieben werden: {reason}</translation>
    </message>
    <message>
        <source>{path} does not end in {ending}: choose a name that does</source>
        <translation>{path} endet nicht auf {ending}: einen Namen wählen, der es tut</translation>
    </message>
    <message>
        <source>{path} does not exist: check its name</source>
        <translation>{path} gibt es nicht: den Namen prüfen</translation>
    </message>
    <message>
        <source>{path} does not exist: check the path of the mask</source>
        <translation>{path} gibt es nicht: den Pfad der Maske prüfen</translation>
    </message>
    <message>
        <source>{path} does not exist: give --weights a checkpoint, or leave it out for the bundled one</source>
        <translation>{path} gibt es nicht: bei --weights einen Checkpoint angeben, oder es für den mitgelieferten weglassen</translation>
    </message>
    <message>
        <source>{path} does not hold this trunk&apos;s folded weights: {error}</source>
        <translation>{path} enthält nicht die gefalteten Gewichte dieses Netzrumpfs: {error}</translation>
    </message>
    <message>
        <source>{path} has 16 or more bits per pixel: {remedy}</source>
        <translation>{path} hat 16 oder mehr Bit je Pixel: {remedy}</translation>
    </message>
    <message>
        <source>{path} has an annotation that does not fit: {reason}</source>
        <translation>{path} hat eine Annotation, die nicht passt: {reason}</translation>
    </message>
    <message>
        <source>{path} holds no PNG and no data set with masks of {name}: give a mask, or a folder of masks named like frames{others}</source>
        <translation>{path} enthält kein PNG und keinen Datensatz mit Masken von {name}: eine Maske angeben, oder einen Ordner mit Masken, die wie Bilder heißen{others}</translation>
    </message>
    <message>
        <source>{path} holds no frame that can be decoded: open another file</source>
        <translation>{path} enthält kein Bild, das dekodiert werden kann: eine andere Datei öffnen</translation>
    </message>
    <message>
        <source>{path} holds no pictures, only sound or data: open a video</source>
        <translation>{path} enthält keine Bilder, nur Ton oder Daten: ein Video öffnen</translation>
    </message>
    <message>
        <source>{path} holds no state dict: a mapping from names to weights</source>
        <translation>{path} enthält kein State-Dict: eine Zuordnung von Namen zu Gewichten</translation>
    </message>
    <message>
        <source>{path} holds weights, but not those of an SKN network: {n} of them, such as {names}</source>
        <translation>{path} enthält Gewichte, aber nicht die eines SKN-Netzes: {n} Stück, zum Beispiel {names}</translation>
    </message>
    <message>
        <source>{path} holds {least} and {most}, and no 0, which is the background: {remedy}, or have it cut at one half (--cut-mattes)</source>
        <translation>{path} enthält {least} und {most}, und keine 0 für den Hintergrund: {remedy}, oder sie bei der Hälfte schneiden lassen (--cut-mattes)</translation>
    </message>
    <message>
        <source>{path} is a colour image (mode {mode}): {remedy}</source>
        <translation>{path} ist ein Farbbild (Modus {mode}): {remedy}</translation>
    </message>
    <message>
        <source>{path} is a link, which may lead out of the project: put what it leads to in its place</source>
        <translation>{path} ist ein Verweis, der aus dem Projekt hinausführen kann: an seine Stelle gehört, worauf er verweist</translation>
    </message>
    <message>
        <source>{path} is a network of clicks, which selects on one picture: a pass needs an SKN network</source>
        <translation>{path} ist ein Klick-Netz, das auf einem Bild auswählt: Ein Durchlauf braucht ein SKN-Netz</translation>
    </message>
    <message>
        <source>{path} is a safetensors file that holds no weights</source>
        <translation>{path} ist eine safetensors-Datei ohne Gewichte</translation>
    </message>
    <message>
        <source>{path} is a single picture: open the folder that holds the frames</source>
        <translation>{path} ist ein einzelnes Bild: den Ordner öffnen, der die Bilder enthält</translation>
    </message>
    <message>
        <source>{path} is an SKN network, not a network of clicks</source>
        <translation>{path} ist ein SKN-Netz, kein Klick-Netz</translation>
    </message>
    <message>
        <source>{path} is damaged: open the video, then its masks are found</source>
        <translation>{path} ist beschädigt: das Video öffnen, dann werden seine Masken gefunden</translation>
    </message>
    <message>
        <source>{path} is damaged: the masks were found, the names were not.</source>
        <translation>{path} ist beschädigt: die Masken wurden gefunden, die Namen nicht.</translation>
    </message>
    <message>
        <source>{path} is damaged: {fields} cannot be read and were left out.</source>
        <translation>{path} ist beschädigt: {fields} sind nicht lesbar und wurden ausgelassen.</translation>
    </message>
    <message>
        <source>{path} is larger than {most} million pixels: make it smaller, or take it out of the folder</source>
        <translation>{path} hat mehr als {most} Millionen Pixel: kleiner machen, oder aus dem Ordner nehmen</translation>
    </message>
    <message>
        <source>{path} is no checkpoint: it is {kind}</source>
        <translation>{path} ist kein Checkpoint: es ist {kind}</translation>
    </message>
    <message>
        <source>{path} is no file but a pipe or a device: open a video or a folder</source>
        <translation>{path} ist keine Datei, sondern eine Pipe oder ein Gerät: ein Video oder einen Ordner öffnen</translation>
    </message>
    <message>
        <source>{path} is not YouTube-VOS&apos;s meta.json: choose another folder, or remove it</source>
        <translation>{path} ist nicht die meta.json von YouTube-VOS: einen anderen Ordner wählen, oder sie entfernen</translation>
    </message>
    <message>
        <source>{path} is not a COCO file of instances: {reason}</source>
        <translation>{path} ist keine COCO-Datei mit Instanzen: {reason}</translation>
    </message>
    <message>
        <source>{path} is not a file of PyTorch weights, or it is damaged</source>
        <translation>{path} ist keine Datei mit PyTorch-Gewichten, oder sie ist beschädigt</translation>
    </message>
    <message>
        <source>{path} is not a file of arrays (.npz), or it is damaged: {reason}</source>
        <translation>{path} ist keine Datei mit Arrays (.npz), oder sie ist beschädigt: {reason}</translation>
    </message>
    <message>
        <source>{path} is not a file: check the path of the mask</source>
        <translation>{path} ist keine Datei: den Pfad der Maske prüfen</translation>
    </message>
    <message>
        <source>{path} is not a safetensors checkpoint, or it is damaged ({reason})</source>
        <translation>{path} ist kein safetensors-Checkpoint, oder er ist beschädigt ({reason})</translation>
    </message>
    <message>
        <source>{path} is not an image: {remedy}</source>
        <translation>{path} ist kein Bild: {remedy}</translation>
    </message>
    <message>
        <source>{path} is not what was written: another program changed it, or the disk fails. Export again</source>
        <translation>{path} ist nicht, was geschrieben wurde: ein anderes Programm hat es geändert, oder die Platte versagt. Noch einmal exportieren</translation>
    </message>
    <message>
        <source>{path} is of an export that was broken off, if none is running.</source>
        <translation>{path} ist von einem Export, der abgebrochen wurde, falls keiner läuft.</translation>
    </message>
    <message>
        <source>{path} is read here, so it is never written to: choose another place</source>
        <translation>{path} wird hier gelesen und darum nie überschrieben: einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{path} is the checkpoint that {whose} published: make one of ours of it with skn-convert</source>
        <translation>{path} ist der von {whose} veröffentlichte Checkpoint: mit skn-convert daraus einen eigenen machen</translation>
    </message>
    <message>
        <source>{path} is there from an earlier export, and stays.</source>
        <translation>{path} ist von einem früheren Export da und bleibt.</translation>
    </message>
    <message>
        <source>{path} is white along all its edges and black inside, but white is the object: exchange black and white, or, if the object lies around, save it as an 8-bit gray PNG of the values 0 and 1</source>
        <translation>{path} ist an allen Rändern weiß und innen schwarz, aber Weiß ist das Objekt: Schwarz und Weiß vertauschen, oder, wenn das Objekt außen herum liegt, als 8-Bit-Graustufen-PNG mit den Werten 0 und 1 speichern</translation>
    </message>
    <message>
        <source>{path} is {size}, but another picture is {wanted}: give all the same size, or take it out of the folder</source>
        <translation>{path} ist {size}, aber ein anderes Bild ist {wanted}: allen dieselbe Größe geben, oder es aus dem Ordner nehmen</translation>
    </message>
    <message>
        <source>{path} is {size}, but the first frame is {wanted}: give all the same size, or take it out of the folder</source>
        <translation>{path} ist {size}, aber das erste Bild ist {wanted}: alle auf dieselbe Größe bringen, oder es aus dem Ordner nehmen</translation>
    </message>
    <message>
        <source>{path} is {size}, but the frames are {wanted}, turned as their camera noted: turn the mask by a quarter, too, so that it lies as the frames are shown</source>
        <translation>{path} ist {size}, aber die Bilder sind {wanted}, gedreht, wie ihre Kamera es vermerkt hat: auch die Maske um ein Viertel drehen, so dass sie liegt, wie die Bilder gezeigt werden</translation>
    </message>
    <message>
        <source>{path} is {size}, but the frames are {wanted}: resize the mask with nearest-neighbour sampling</source>
        <translation>{path} ist {size}, aber die Bilder sind {wanted}: die Größe der Maske ohne Glättung ändern (nächster Nachbar)</translation>
    </message>
    <message>
        <source>{path} is {size}, but {count} of {all} pictures are {wanted}: give all the same size, or take it out of the folder</source>
        <translation>{path} ist {size}, aber {count} von {all} Bildern sind {wanted}: allen dieselbe Größe geben, oder es aus dem Ordner nehmen</translation>
    </message>
    <message>
        <source>{path} lies in the project {folder}, where only its own files are: choose another place</source>
        <translation>{path} liegt im Projekt {folder}, wo nur dessen eigene Dateien sind: einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{path} lists no picture named like a frame, such as {example}: rename the pictures</source>
        <translation>{path} führt kein Bild auf, das wie eines der Sequenz heißt, etwa {example}: die Bilder umbenennen</translation>
    </message>
    <message>
        <source>{path} lists {name}, which cannot be the name of a file: {reason}</source>
        <translation>{path} nennt {name}, was kein Dateiname sein kann: {reason}</translation>
    </message>
    <message>
        <source>{path} lists {name}, which leads out of {folder}: only names below it are read</source>
        <translation>{path} nennt {name}, was aus {folder} hinausführt: nur Namen darunter werden gelesen</translation>
    </message>
    <message>
        <source>{path} looks like a matte: it has {n} grays between black and white, where a mask has a value for each object. Have it cut at one half (--cut-mattes), or {remedy}</source>
        <translation>{path} sieht nach einer Matte aus: sie hat {n} Grautöne zwischen Schwarz und Weiß, wo eine Maske für jedes Objekt einen Wert hat. Sie bei der Hälfte schneiden lassen (--cut-mattes), oder {remedy}</translation>
    </message>
    <message>
        <source>{path} looks like the weights of {whose}, for which this program has no network</source>
        <translation>{path} sieht aus wie die Gewichte von {whose}, wofür dieses Programm kein Netz hat</translation>
    </message>
    <message>
        <source>{path} shows black where the value is {value}, but the background&apos;s value is 0: {remedy}</source>
        <translation>{path} zeigt Schwarz, wo der Wert {value} ist, aber der Hintergrund hat den Wert 0: {remedy}</translation>
    </message>
    <message>
        <source>{path} uses a codec that is not known here: convert it to H.264</source>
        <translation>{path} verwendet einen hier unbekannten Codec: in H.264 umwandeln</translation>
    </message>
    <message>
        <source>{path} was left out: it is not a mask of this video.</source>
        <translation>{path} wurde ausgelassen: es ist keine Maske dieses Videos.</translation>
    </message>
    <message>
        <source>{path} was moved or deleted while it was open: put it back, then try again</source>
        <translation>{path} wurde verschoben oder gelöscht, während es geöffnet war: zurücklegen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{path} was replaced while it was open, and does not fit its masks any more: open it again</source>
        <translation>{path} wurde ersetzt, während es offen war, und passt nicht mehr zu den Masken: noch einmal öffnen</translation>
    </message>
    <message>
        <source>{path} was written by another version: its configuration is unknown ({reason})</source>
        <translation>{path} wurde von einer anderen Version geschrieben: die Konfiguration ist unbekannt ({reason})</translation>
    </message>
    <message>
        <source>{path} will be replaced.</source>
        <translation>{path} wird ersetzt.</translation>
    </message>
    <message>
        <source>{path} would be replaced, but it was not written from {source}, or was changed since: choose another place, or allow it (--overwrite)</source>
        <translation>{path} würde ersetzt, wurde aber nicht aus {source} geschrieben oder seither geändert: einen anderen Ort wählen, oder es erlauben (--overwrite)</translation>
    </message>
    <message>
        <source>{reason}; choose another place</source>
        <translation>{reason}; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{share:.0f} % from frame {t}</source>
        <translation>{share:.0f} % von Bild {t}</translation>
    </message>
    <message>
        <source>{size}, {fps} frames/s</source>
        <translation>{size}, {fps} Bilder/s</translation>
    </message>
    <message>
        <source>{source} holds weights that are no finite numbers ({names}): its training diverged, or it is damaged</source>
        <translation>{source} enthält Gewichte, die keine endlichen Zahlen sind ({names}): das Training ist divergiert, oder die Datei ist beschädigt</translation>
    </message>
    <message>
        <source>{source} is a checkpoint of another network: weights {differences}</source>
        <translation>{source} ist ein Checkpoint eines anderen Netzes: Gewichte {differences}</translation>
    </message>
    <message>
        <source>{source} is not {whose}&apos;s checkpoint: {n} surplus ({names})</source>
        <translation>{source} ist nicht der Checkpoint von {whose}: {n} zu viel ({names})</translation>
    </message>
    <message>
        <source>{s} s</source>
        <translation>{s} s</translation>
    </message>
    <message>
        <source>{video} has changed since {folder} was saved: check that the masks still fit.</source>
        <translation>{video} hat sich geändert, seit {folder} gespeichert wurde: Bitte prüfen, ob die Masken noch passen.</translation>
    </message>
    <message>
        <source>{video} is opened when “{name}” is done</source>
        <translation>{video} wird geöffnet, sobald „{name}“ fertig ist</translation>
    </message>
    <message>
        <source>{video} was moved or deleted: put it back, or beside {folder}</source>
        <translation>{video} wurde verschoben oder gelöscht: zurücklegen, oder neben {folder}</translation>
    </message>
    <message>
        <source>{where} in steps of {n}</source>
        <translation>{where} in Schritten von {n}</translation>
    </message>
    <message>
        <source>{} has no holes on this frame</source>
        <translation>{} hat auf diesem Bild keine Löcher</translation>
    </message>
    <message>
        <source>“{name}” is not done yet</source>
        <translation>„{name}“ ist noch nicht fertig</translation>
    </message>
    <message>
        <source>“{name}” is not done yet: wait for it, or stop it with Escape</source>
        <translation>„{name}“ ist noch nicht fertig: warten oder mit Esc anhalten</translation>
    </message>
</context>
</TS>
