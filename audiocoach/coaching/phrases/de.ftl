### Was audiocoach von sich aus auf Deutsch sagt. How to write it: see en.ftl.
###
### The listener is "du". Sentences are in the imperative ("Halte"), single words on a beat
### in the infinitive ("Halten"), as trainers say them. Sides, names and things come in the
### nominative ("rechter Fuß", "ein Bleistift"): hence the colons.

## Numbers. "eins" is the count; "ein" and "eine" are written out where they are needed.

# The rule by which a number takes a form (numbers.py), and what stands before its decimal places and
# between its thousands.
-numbers = one
    .decimal = { "," }
    .group = { "." }
number-0 = null
number-1 = eins
number-2 = zwei
number-3 = drei
number-4 = vier
number-5 = fünf
number-6 = sechs
number-7 = sieben
number-8 = acht
number-9 = neun
number-10 = zehn
number-11 = elf
number-12 = zwölf
number-13 = dreizehn
number-14 = vierzehn
number-15 = fünfzehn
number-16 = sechzehn
number-17 = siebzehn
number-18 = achtzehn
number-19 = neunzehn
number-20 = zwanzig
number-21 = einundzwanzig
number-22 = zweiundzwanzig
number-23 = dreiundzwanzig
number-24 = vierundzwanzig
number-25 = fünfundzwanzig
number-26 = sechsundzwanzig
number-27 = siebenundzwanzig
number-28 = achtundzwanzig
number-29 = neunundzwanzig
number-30 = dreißig
number-31 = einunddreißig
number-32 = zweiunddreißig
number-33 = dreiunddreißig
number-34 = vierunddreißig
number-35 = fünfunddreißig
number-36 = sechsunddreißig
number-37 = siebenunddreißig
number-38 = achtunddreißig
number-39 = neununddreißig
number-40 = vierzig
number-41 = einundvierzig
number-42 = zweiundvierzig
number-43 = dreiundvierzig
number-44 = vierundvierzig
number-45 = fünfundvierzig
number-46 = sechsundvierzig
number-47 = siebenundvierzig
number-48 = achtundvierzig
number-49 = neunundvierzig
number-50 = fünfzig
number-51 = einundfünfzig
number-52 = zweiundfünfzig
number-53 = dreiundfünfzig
number-54 = vierundfünfzig
number-55 = fünfundfünfzig
number-56 = sechsundfünfzig
number-57 = siebenundfünfzig
number-58 = achtundfünfzig
number-59 = neunundfünfzig
number-60 = sechzig
number-90 = neunzig

## Parts of other phrases

# The end of a list: "ein Bleistift, ein Band und ein Stuhl". $first is all but the last.
and = { $first } und { $last }
# What is done in this order: "ein Mal, dann zwei Mal".
then = { $first }, dann { $last }
# $limb is a word of the routine. Of the usual ones the gender is known ("rechtes Bein"); for any
# other "Rücken rechts" is right. A routine may write it out: limb: {right: ..., left: ...}.
side-name =
    { $limb ->
        [side]
            { $side ->
                [left] linke Seite
               *[right] rechte Seite
            }
       *[other]
            { BEGINS($limb, "[^ ]*(bein|knie|gelenk|auge|ohr)$") ->
                [yes]
                    { $side ->
                        [left] linkes { $limb }
                       *[right] rechtes { $limb }
                    }
               *[no]
                    { BEGINS($limb, "[^ ]*(fuß|arm|ellbogen|ellenbogen|schenkel|daumen)$") ->
                        [yes]
                            { $side ->
                                [left] linker { $limb }
                               *[right] rechter { $limb }
                            }
                       *[no]
                            { BEGINS($limb, "[^ ]*(hand|schulter|hüfte|ferse|wade|faust)$") ->
                                [yes]
                                    { $side ->
                                        [left] linke { $limb }
                                       *[right] rechte { $limb }
                                    }
                               *[no]
                                    { $side ->
                                        [left] { $limb } links
                                       *[right] { $limb } rechts
                                    }
                            }
                    }
            }
    }
count-minutes =
    { $minutes ->
        [one] eine Minute
       *[other] { WORDS($minutes) } Minuten
    }
count-seconds =
    { $seconds ->
        [one] eine Sekunde
       *[other] { WORDS($seconds) } Sekunden
    }
count-exercises =
    { $exercises ->
        [one] eine Übung
       *[other] { WORDS($exercises) } Übungen
    }
# How often: "zehn Mal".
count-reps =
    { $reps ->
        [1] ein Mal
       *[other] { WORDS($reps) } Mal
    }
# How often, after a number of three or more: "vier Mal, dann drei", "dann ein Mal".
count-next =
    { $reps ->
        [1] ein Mal
       *[other] { WORDS($reps) }
    }

## What the loudness of a voice is measured on: plain coaching, long enough to be typical.

calibration =
    .a = Steh aufrecht, die Füße hüftbreit auseinander, die Knie leicht gebeugt.
    .b = Bleib so, und atme ruhig weiter.
    .c = Eins. Zwei. Drei. Vier. Fünf.
    .d = Lösen. Nummer zwei. Halbzeit. Das letzte Mal.

## Names of parts of the session, in the list of chapters and on sheets; not spoken.

section-welcome = Begrüßung
section-close = Abschluss
section-round = Runde { $number } von { $total }
marker-set = Satz { $number } von { $total }
marker-rep = Wiederholung { $number } von { $total }
marker-rest = Pause

## The welcome

welcome-hello = Willkommen. Dein Programm: { $title }.
    .b = Hallo. Dein Programm: { $title }.
    .c = Schön, dass du da bist. Heute: { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about = Etwa { count-minutes }, { count-exercises }.
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Deine Auswahl: ohne { $names }.
welcome-rounds =
    Deine Auswahl: { $count ->
        [one] eine Runde
       *[other] { WORDS($count) } Runden
    }.
welcome-level-beginner = Deine Auswahl: die Stufe für den Einstieg.
welcome-level-intermediate = Deine Auswahl: die mittlere Stufe.
welcome-level-advanced = Deine Auswahl: die Stufe für Fortgeschrittene.
welcome-sides-right = Deine Auswahl: nur die rechte Seite.
welcome-sides-left = Deine Auswahl: nur die linke Seite.
welcome-sides-both = Deine Auswahl: beide Seiten.
welcome-sets =
    Deine Auswahl: { $count ->
        [one] ein Satz
       *[other] { WORDS($count) } Sätze
    } je Übung.
welcome-reps =
    Deine Auswahl: { $count ->
        [one] eine Wiederholung
       *[other] { WORDS($count) } Wiederholungen
    } in jedem Satz.
# $things lists equipment: "ein Bleistift und ein Übungsband".
welcome-need = Hilfsmittel: { $things }.
welcome-fetch = Sorg dafür, dass alles bereit ist.
welcome-safety =
    .a = Hör bei Schmerzen oder Schwindel sofort auf.
    .b = Atme immer ruhig weiter.
welcome-begin = Fangen wir an.
    .b = Los geht's.
    .c = Dann beginnen wir.

## Around an exercise

exercise-title = Übung { WORDS($number) } von { WORDS($total) }: { $name }.
    .b = Jetzt kommt Übung { WORDS($number) }: { $name }.
    .c = Weiter mit Übung { WORDS($number) }: { $name }.
    .d = Nun Übung { WORDS($number) }: { $name }.
exercise-only = { $name }.
exercise-again = Noch einmal: { $name }.
    .b = Und wieder: { $name }.
exercise-round = Runde { WORDS($number) } von { WORDS($total) }.
# The same where there is no room for more.
exercise-round-brief = Runde { WORDS($number) }.
exercise-next-round = Nächste Runde: { WORDS($number) } von { WORDS($total) }.
    .b = Runde { WORDS($number) } von { WORDS($total) } steht an.
# A group without a name, as it begins.
exercise-rounds = { WORDS($total) } Runden.
exercise-rounds-of = { WORDS($rounds) } Runden mit je { WORDS($count) } Übungen hintereinander.
# "Stufe zwei von fünf"
round-named = { $name } { WORDS($number) } von { WORDS($total) }
# The same where there is no room for more: "rung two".
round-named-brief = { $name } { WORDS($number) }
exercise-next = Gleich kommt: { $name }.
    .b = Danach kommt: { $name }.
    .c = Weiter geht es mit: { $name }.
# The same where orders follow that are not for now, and no room to say that of each.
exercise-next-later = Wenn es weitergeht: { $name }.
# The same behind the name of its round, behind which nobody may think that it comes after that.
exercise-first = Den Anfang macht: { $name }.
    .b = Zu Beginn: { $name }.
# In a long rest, what is new at a station of the round that comes later: "… row: 16 kilos."
exercise-later = Später, { $name }: { $dose }
# Before a circuit by the clock; "listen" if its exercises are told beforehand.
exercise-ahead = Es folgen { WORDS($count) } Übungen hintereinander.
exercise-ahead-listen = Hör jetzt nur zu, was später kommt.
# One of those that are told beforehand, where not all of them are.
exercise-ahead-number = Übung { WORDS($number) }: { $name }.
exercise-ahead-begin = Und nun die erste.
# After an exercise, in plain words.
exercise-over = Fertig: { $name }.
    .b = Abgeschlossen: { $name }.
    .c = Geschafft: { $name }.
exercise-easier = Wenn es zu schwer ist:
exercise-harder = Wenn es zu leicht ist:
# Something has to be done first that may take any time: the player can be paused.
task-pause = Halte mich hier an, bis du so weit bist.
    .b = Nimm dir die Zeit, die du brauchst. Halte mich an, und mach weiter, wenn du magst.
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Lass dir Zeit.
    .b = Keine Eile. Gleich geht es weiter.
    .c = Ich bin noch da. Gleich geht es weiter.
# The same where one waits in a position that tires: held up, or on hands and knees.
exercise-orient-tired = Ruh dich aus, wie du magst, bis es weitergeht.
exercise-orient-on-hands = Setz dich ruhig auf die Fersen, und komm zurück, wenn es weitergeht.
# After an exercise: says that it is over, and now and then which.
exercise-done =
    .a = Gut gemacht. Geschafft: { $name }.
    .b = Saubere Arbeit. Auch das ist geschafft.
    .c = Geschafft: { $name }. Du bist drangeblieben.
    .d = Prima. Wieder eine Übung geschafft.
    .e = Schön gemacht.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Richte dich jetzt auf, bis du sitzt.
position-standing = Steh jetzt auf, ganz in Ruhe.
position-sitting-on-chair = Setz dich jetzt auf einen Stuhl.
# The same as a session begins: many sit when they start one.
position-first-sitting-on-chair = Setz dich auf einen Stuhl, falls du noch nicht sitzt.
position-sitting-on-floor = Setz dich jetzt auf den Boden.
position-kneeling = Knie dich jetzt hin.
position-on-hands-and-knees = Komm jetzt in den Vierfüßlerstand.
position-lying-on-back = Leg dich jetzt auf den Rücken.
position-lying-on-front = Leg dich jetzt auf den Bauch.
position-lying-on-side = Leg dich jetzt auf die Seite.
# From one way of lying to another, and up to the knees from the floor.
position-turn-lying-on-back = Dreh dich jetzt auf den Rücken.
position-turn-lying-on-front = Dreh dich jetzt auf den Bauch.
position-turn-lying-on-side = Dreh dich jetzt auf die Seite.
position-turn-over = Dreh dich dafür um, wenn nötig.
position-up-kneeling = Komm jetzt hoch in den Kniestand.
position-timed-standing = Steh jetzt auf.
# The same in a short rest, where there is no time for more.
position-brief-sit-up = richte dich auf.
position-brief-standing = steh auf.
position-brief-sitting-on-chair = auf einen Stuhl.
position-brief-sitting-on-floor = auf den Boden.
position-brief-kneeling = knie dich hin.
position-brief-on-hands-and-knees = in den Vierfüßlerstand.
position-brief-lying-on-back = auf den Rücken.
position-brief-lying-on-front = auf den Bauch.
position-brief-lying-on-side = auf die Seite.
position-brief-turn-lying-on-back = dreh dich auf den Rücken.
position-brief-turn-lying-on-front = dreh dich auf den Bauch.
position-brief-turn-lying-on-side = dreh dich auf die Seite.
position-brief-turn-over = dreh dich um, wenn nötig.
position-brief-up-kneeling = hoch in den Kniestand.
# The same in a rest too short even for that.
position-least-sit-up = Richte dich auf.
position-least-standing = Steh auf.
position-least-sitting-on-chair = Auf einen Stuhl.
position-least-sitting-on-floor = Auf den Boden.
position-least-kneeling = Knie dich hin.
position-least-on-hands-and-knees = In den Vierfüßlerstand.
position-least-lying-on-back = Auf den Rücken.
position-least-lying-on-front = Auf den Bauch.
position-least-lying-on-side = Auf die Seite.
position-least-turn-lying-on-back = Auf den Rücken.
position-least-turn-lying-on-front = Auf den Bauch.
position-least-turn-lying-on-side = Auf die Seite.
position-least-turn-over = Dreh dich um.
position-least-up-kneeling = In den Kniestand.
# How one is for a station of which one hears beforehand: no request, as nobody moves yet.
position-there-standing = Im Stehen.
position-there-sitting-on-chair = Auf einem Stuhl.
position-there-sitting-on-floor = Auf dem Boden.
position-there-kneeling = Im Kniestand.
position-there-on-hands-and-knees = Im Vierfüßlerstand.
position-there-lying-on-back = Auf dem Rücken.
position-there-lying-on-front = Auf dem Bauch.
position-there-lying-on-side = Auf der Seite.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps = { $often }.
dose-reps-until = { $often }, das dauert { $seconds }.
dose-reps-hold =
    { $reps ->
        [one] ein Mal, { $seconds } lang halten.
       *[other] { $often }, je { $seconds } halten.
    }
# $first and $second are ways to do it: "im Uhrzeigersinn", "andersherum".
dose-reps-each = { $often } { $first }, dann { $often } { $second }.
# The same where how often is a list: "drei Mal, dann zwei Mal".
dose-reps-both = { $often }, sowohl { $first } als auch { $second }.
dose-reps-each-of = je { $often }: { $variants }.
dose-hold = { $seconds } lang halten.
dose-work = { $seconds } lang.
dose-bouts =
    { WORDS($sets) } Mal je { $seconds }.
dose-bouts-rest =
    { WORDS($sets) } Mal je { $seconds }, mit Pausen.
# How what differs from set to set is told: "Load, set by set: 2 kilos, then 4 kilos."
dose-each-set = Satz für Satz
# Where it differs by round, or by what its group calls one: "rung".
dose-each-round = Runde für Runde
dose-each-named = { $name } für { $name }
# $dose is another in each round; $each is one of the above.
dose-by-each = { $each }: { $dose }
# $variants are ways to do it, in their order.
dose-variants = Nacheinander in jeder dieser Varianten: { $variants }.
# A set begins so often; $seconds is never one minute.
dose-every = alle { $seconds }: { $often }.
dose-every-minute = jede Minute: { $often }.
# The same of one set, which has so long ("sechzig Sekunden"): others come before the next one.
dose-within = { $often }, innerhalb von { $seconds }.
# $often is "ein Mal" or "zehn Mal", $seconds a length: in a short rest, what is another.
dose-brief = { $often }, { $seconds }.
dose-brief-time = { $seconds }.
# $dose is one of the sentences above, of one side, or of what comes next.
dose-of-side = { $side }: { $dose }
dose-then = dann { $dose }
# The word of the format for no load, wherever $load or $loads has it.
dose-load-none = keine
dose-load =
    { BEGINS($load, ".*(belastung|(ohne|kein) gewicht)") ->
        [yes] { $load }.
       *[no] Belastung: { $load }.
    }
dose-loads =
    { BEGINS($loads, ".*(belastung|(ohne|kein) gewicht)") ->
        [yes] { $each }: { $loads }.
       *[no] Belastung, { $each }: { $loads }.
    }
# Where the load is the same in several sets, rounds or bouts in a row.
dose-load-from-set = Ab Satz { WORDS($number) }: { $load }.
dose-load-from-round = Ab Runde { WORDS($number) }: { $load }.
dose-load-from-bout = Ab Nummer { WORDS($number) }: { $load }.
# The same by the name its group gives a round.
dose-load-from-named = Ab { $name } { WORDS($number) }: { $load }.
# The same where it is another in that one only.
dose-load-in-set = In Satz { WORDS($number) }: { $load }.
dose-load-in-round = In Runde { WORDS($number) }: { $load }.
dose-load-in-bout = Nummer { WORDS($number) }: { $load }.
dose-load-in-named = { $name } { WORDS($number) }: { $load }.
dose-load-side = { $side }: { $load }.
dose-sets =
    { $sets ->
        [one] Ein Satz.
       *[other] { WORDS($sets) } Sätze.
    }
dose-side-then-side = Zuerst: { $first }. Dann genauso oft: { $second }.
dose-bouts-side-then-side = Zuerst: { $first }. Dann: { $second }.
dose-side-only = Nur eine Seite: { $side }.
dose-alternating = Rechts und links im Wechsel, jede Seite gleich oft. Zuerst: { $side }.
dose-alternating-once = Ein Mal je Seite, im Wechsel. Zuerst: { $side }.
dose-seconds =
    { $number ->
        [one] eine Sekunde
        [1.5] anderthalb Sekunden
       *[other] { WORDS($number) } Sekunden
    }
dose-breaths =
    { $number ->
        [one] einen Atemzug
       *[other] { WORDS($number) } Atemzüge
    }
dose-minutes =
    { $number ->
        [1.5] anderthalb Minuten
        [2.5] zweieinhalb Minuten
        [one] eine Minute
       *[other] { WORDS($number) } Minuten
    }

## Cues: short, most of them on a beat

cue-ready = Mach dich bereit.
cue-ready-side = Mach dich bereit: { $side }.
# The same after a long telling: $name is that of the exercise.
cue-ready-name = { $name }: mach dich bereit.
cue-ready-name-side = { $name }, { $side }: mach dich bereit.
# What the next set begins with: a side.
cue-start-with = Zuerst: { $what }.
    .b = Als Erstes: { $what }.
# What follows: another dose, or the next of several ways to do it.
cue-then = Dann: { $what }.
# What follows while what is done may still go on: $what is position-brief.
cue-when-done = Wenn du fertig bist: { $what }.
cue-go = Los
cue-hold = Halten
# The same where nothing before it had the time to tell that it is longer now, or shorter.
cue-hold-for = Halten, { $seconds }.
cue-act = Jetzt
cue-release = Lösen
# The same where the next variant is held in the same position.
cue-stay = Und so bleiben.
    .b = Bleib so.
# The same of a position that one was led into, where the routine does not say how to leave it.
cue-leave = Und lös die Position.
cue-stop = Und Stopp.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Senken
cue-lift = Heben
cue-pause = Halten
cue-halfway = Die Hälfte ist um.
    .b = Halb geschafft.
    .c = Das ist die Hälfte.
# Half of the reps are done. It stands beside movements, so nobody may hear in it how far to go.
cue-reps-halfway = Halb geschafft.
    .b = Die Hälfte ist geschafft.
    .c = Die Hälfte liegt hinter dir.
cue-seconds-left = noch { count-seconds }
    .b = { count-seconds } noch
    .c =
        { $seconds ->
            [one] es bleibt { count-seconds }
           *[other] es bleiben { count-seconds }
        }
cue-minutes-left = noch { count-minutes }
    .b = { count-minutes } noch
    .c = du hast noch { count-minutes }
cue-minutes-seconds-left = noch { count-minutes } und { count-seconds }
# What fills a long time: true of any exercise, a hold, a run, or ice on a knee.
cue-remark =
    .a = Atme ruhig weiter.
    .b = Kiefer und Schultern bleiben locker.
    .c = Bleib dabei, genau so.
    .d = Ich behalte die Zeit im Blick.
    .e = Ich sage dir, wenn es vorbei ist.
    .f = Achte darauf, was du spürst.
    .g = Ein Atemzug nach dem anderen.
    .h = Lass das Gesicht locker.
# The same with a load, in an effort at one's own pace or where one holds oneself up: nothing that
# would let go, and nothing of what one is doing, which may be resting already.
cue-remark-effort =
    .a = Atme ruhig weiter.
    .b = Ein Atemzug nach dem anderen.
    .c = Ich behalte die Zeit im Blick.
    .d = Ich sage dir, wenn die Zeit um ist.
# In a long rest, before a sentence on how the next exercise is done.
cue-rest-recall = Wenn es weitergeht:
# The same before what has to be done by then: a set-up.
cue-rest-before = Bevor es weitergeht:
# What fills a long rest.
cue-rest-remark =
    .a = Lass den Atem ruhig werden.
    .b = Lass die Schultern sinken.
    .c = Trink einen Schluck Wasser, wenn du magst.
    .d = Ich behalte die Zeit im Blick.
    .e = Schüttle die Arme aus, wenn du magst.
    .f = Spür kurz nach.
# In the last third of an effort: no praise, nothing is done yet.
cue-encourage =
    .a = Fast geschafft.
    .b = Nicht mehr lange.
    .c = Das meiste liegt hinter dir.
    .d = Ruhig weiter bis zum Schluss.
# Behind "Last one.", at the end of many reps.
cue-encourage-rep =
    .a = Bring es schön zu Ende.
    .b = So gut wie am Anfang.
    .c = Ganz ruhig und sauber.
    .d = Dann ist es geschafft.
# Announces a rep.
cue-number = Nummer { WORDS($number) }.
# The first word of a rep with its number. $what is a word of the routine: "Lower, two."
cue-number-with = { $what }, { WORDS($number) }.
# The same behind it, where the number alone could be a second.
cue-number-behind = { $what }, Nummer { WORDS($number) }.
cue-number-next = Gleich kommt: Nummer { WORDS($number) } von { WORDS($total) }.
    .b = Weiter geht es mit Nummer { WORDS($number) } von { WORDS($total) }.
# In place of the whole announcement where a set begins at once.
cue-set-of = Satz { WORDS($number) } von { WORDS($total) }.
cue-two-more = Noch zwei Mal.
    .b = Zwei kommen noch.
    .c = Noch zwei.
cue-last-one = Das letzte Mal.
    .b = Noch ein Mal.
    .c = Noch eine.
# The same where the sides take turns: of both of them.
cue-two-pairs = Noch zwei pro Seite.
    .b = Je Seite noch zwei.
    .c = Noch je zwei.
cue-last-pair = Noch eine pro Seite.
    .b = Je Seite noch eine.
    .c = Noch je eine.
# The same in the fewest words with the side: "last one" alone would leave open whose turn it is.
cue-last-of-side =
    { $side ->
        [left] Letzte links.
       *[right] Letzte rechts.
    }
cue-last-set = Gleich kommt der letzte Satz.
    .b = Danach kommt der letzte Satz.
# In a breathing exercise: half of the time has gone.
cue-half-over = Die Hälfte ist geschafft.
    .b = Die Hälfte der Zeit ist um.
# Paces breaths in a long hold. $left is how many are left with the one that begins, 0 if untold.
cue-breath-in =
    { $left ->
        [0] Einatmen
        [1] Einatmen, zum letzten Mal
       *[other] Einatmen, noch { WORDS($left) }
    }.
cue-breath-in-one-more = Einatmen, noch ein Atemzug.
cue-breath-out = Ausatmen.
cue-rest = Pause.
cue-rest-seconds = Pause, { $seconds }.
    .b = Mach Pause, { $seconds }.
    .c = Ruh dich aus, { $seconds }.
cue-set-next = Gleich: Satz { WORDS($number) } von { WORDS($total) }.
    .b = Danach: Satz { WORDS($number) } von { WORDS($total) }.
cue-bout-next = Gleich: Nummer { WORDS($number) } von { WORDS($total) }.
    .b = Danach: Nummer { WORDS($number) } von { WORDS($total) }.
    .c = Weiter mit Nummer { WORDS($number) } von { WORDS($total) }.
cue-last-bout-next = Gleich kommt das letzte Mal.
    .b = Danach das letzte Mal.
cue-rep-side = { $side }.
# The same of a rep in which that side moves later: its name alone would be an order.
cue-turn-of-side = Diesmal: { $side }.
# The same where there is no room for a long name.
cue-rep-other-side = Andere Seite.
# In place of both where there is time for one word only.
cue-side-only =
    { $side ->
        [left] Links.
       *[right] Rechts.
    }
cue-switch = Seitenwechsel: { $side }.
    .b = Jetzt die andere Seite: { $side }.
    .c = Wechsle die Seite: { $side }.
# The same where the other side is tiring to wait in, and only later led into.
cue-switch-rest = Kurze Pause. Danach: { $side }.
# $variant is a way to do it: "im Uhrzeigersinn", "andersherum".
cue-other = Jetzt: { $variant }.
cue-variant = { $variant }.

## The close

# $exercises is at least two.
close-done = Das war die letzte von { WORDS($exercises) } Übungen.
    .b = Alle { WORDS($exercises) } Übungen sind geschafft.
    .c = { count-exercises }, von der ersten bis zur letzten.
# Inside a long pause at the end, after which nothing follows.
close-orient =
    .a = Lass dir Zeit.
    .b = Keine Eile.
close-settle = Bleib noch einen Moment still, und spür nach.
    .b = Nimm dir einen Moment, atme, und spür nach.
close-goodbye = Hier endet das Programm. Bis zum nächsten Mal.
    .b = Das war's für heute. Mach es gut.
    .c = Tschüss, und mach es gut.
close-times =
    { $times ->
        [1] einmal
        [2] zweimal
        [3] dreimal
       *[other] { WORDS($times) } Mal
    }
close-per-day = { $name }, einzeln: { close-times } am Tag.
close-per-week = { $name }, einzeln: { close-times } in der Woche.
close-session-per-day = Mach dieses Programm { close-times } am Tag.
close-session-per-week = Mach dieses Programm { close-times } in der Woche.
# $every comes from the routine: "zwei bis drei Tage".
close-every = Mach dieses Programm alle { $every }.
close-exercise-every = { $name }, einzeln: alle { $every }.

## Antworten auf Zuruf: gesagt, wenn jemand fragt. $time und $whole sind Zeiten (»zwei Minuten«).

remote-over = Die Einheit ist zu Ende. Sag: von vorn, um neu zu beginnen.
remote-paused = Pause. Sag: weiter, wenn du so weit bist.
remote-last = Das ist der letzte Teil.
remote-no-rest = Gerade ist keine Pause.
remote-left = Noch { $time }.
# $name ist die Übung, um die es gerade geht.
remote-left-here = { $name }: noch { $time }. Insgesamt noch { $whole }.
remote-coming = Danach: { $name }.
remote-part = Das ist: { $name }.
remote-which = Übung { WORDS($number) } von { WORDS($count) }: { $name }.
remote-not-begun = Es hat noch nicht begonnen.
remote-done = Das ist geschafft.
remote-more-time = Noch { $time }.
remote-one-more = Danach noch einmal.
# $count is two or more.
remote-more = Danach noch { WORDS($count) } Mal.
remote-last-rep = Das ist das letzte Mal.
remote-slower = Ab hier langsamer.
remote-faster = Ab hier schneller.
remote-slowest = Langsamer geht es nicht.
remote-fastest = Schneller geht es nicht.
remote-fewer = Was verordnet ist, bleibt. Du kannst sagen: Pause, langsamer oder nächste Übung.

## Was ein Sprachassistent außerdem antwortet. $name ist ein Programm oder eine Übung, $time eine Dauer.

assistant-nothing = Gerade läuft keine Einheit.
assistant-unknown = Das habe ich nicht verstanden: { $words }.
assistant-too-short = { $name }: Das dauert mindestens { $time }.
assistant-too-long = { $name }: Das dauert höchstens { $time }.
assistant-in-few-words = Mit wenig Worten würde es passen.
assistant-would-fit = Es würde passen: { $name }.
assistant-leave-out = Es würde passen ohne: { $name }.
assistant-alone = Für sich allein würde passen: { $name }.
assistant-moment = Einen Moment, ich bereite es vor.
assistant-failed = Das lässt sich hier nicht erstellen.
assistant-whole = Hier gibt es die ganze Einheit; sie dauert { $time }.
assistant-help = Du kannst sagen: nächste Übung, noch einmal, wie lange noch, langsamer, Pause oder stopp.
assistant-stopped-at = Letztes Mal hast du aufgehört bei: { $name }. Um dort weiterzumachen, sag: weiter.

## Sheets: read, not spoken. Numbers stand in figures; $time is one with its unit.

figure = { FIGURE($number) }
# $figure is one figure, or two: "10–15".
time-seconds = { $figure } s
time-minutes = { $figure } min
# As the files of routines have it: "500ms", "1.5s".
exact-milliseconds = { FIGURE($number) } ms
exact-seconds = { FIGURE($number) } s
exact-range = { $low } bis { $high }

# What is done.
kind-work = Belastung
kind-hold = Halten
kind-phase = Phase
kind-rep = Wiederholung
kind-rest = Pause
kind-count-in = Einzählen
# The same with its length.
timed-work = { $time } Belastung
timed-hold = { $time } halten
timed-phase = Phase { $time }
timed-rep = Wiederholung { $time }
timed-rest = { $time } Pause
# A length that nobody prescribed, and one that may lie between two.
timed-about = ca. { $time }
timed-range = vorgegeben: { $time }
done-reps =
    { $count ->
        [one] eine Wiederholung von { $time }
       *[other] { FIGURE($count) } Wiederholungen zu je { $time }
    }
done-reps-brief =
    { $count ->
        [one] eine Wiederholung
       *[other] { FIGURE($count) } Wiederholungen
    }
done-then = dann
# $what is what is done with the $side, or in so many rounds ("2 rounds").
done-side = { $side }: { $what }
done-sides = { $first }; { $second }
done-rounds =
    { $count ->
        [one] { FIGURE($count) } Runde
       *[other] { FIGURE($count) } Runden
    }

# What is waited for.
wait-pause = kurze Pause
wait-fetch = holen, was gebraucht wird
wait-do = ausführen, was angesagt wurde
wait-move = Position wechseln
wait-first = vor der ersten Übung
wait-ready = sich bereit machen
wait-exercises = zwischen zwei Übungen
wait-sets = zwischen zwei Sätzen
wait-sides = Seite wechseln
wait-variants = Richtung wechseln
wait-settle = ruhig bleiben

chime-start = Startsignal
chime-side = Signal zum Seitenwechsel
chime-bell = Glocke
chime-end = Schlusssignal

sheet-exercises =
    { $count ->
        [one] { FIGURE($count) } Übung
       *[other] { FIGURE($count) } Übungen
    }
sheet-brackets = Zeiten in Klammern sind Wartezeiten
# The heads of the columns of two tables.
sheet-exercise = Übung
sheet-begins = Beginn
sheet-lasts = Dauer
sheet-time = Zeit
sheet-said = Ansage
sheet-to-do = Ausführung
# After the name of an exercise that was told in full before.
sheet-as-before = wie zuvor
sheet-with-counts = mit Zählen
sheet-notes = Hinweise
sheet-note = Hinweis: { $note }
# $what is one of those above: "change position".
sheet-pause = { $time }: { $what }
sheet-prescribed = vorgegeben
sheet-prescribed-range = vorgegeben { $range }
sheet-line = Zeile { FIGURE($line) }

# $extent is the length of the session, and how many exercises it has.
picture-about = Der Ablauf des Programms: { $extent }
picture-axis = Zeit ab dem Anfang jeder Zeile
# The five of the legend stand in one line: 115 letters are all there is room for.
picture-work = Belastung oder Halten, vorgegeben
picture-free = Bewegung, ungefähr so lang
picture-rest = Pause
picture-pause = Übergang oder Positionswechsel
picture-voice = die Stimme spricht

## Der Kommentar in der Datei: gelesen, in Playern.

comment-source = Quelle: { $name }.
comment-voice = Stimme: { $name }.
comment-licence = Lizenz der Stimme: { $name }.
comment-flags = Einstellungen: { $name }.

## Die Seite zum Abspielen: gelesen, und von Bildschirmlesern vorgelesen. Zeiten sind »1:22«.

page-player = Wiedergabe
page-play = { $title } abspielen
page-pause = Pause
page-previous = Vorige Übung
page-next = Nächste Übung
page-back = 10 Sekunden zurück
page-forward = 10 Sekunden vor
page-repeat = Diese Übung von vorn
page-loop = Diese Übung immer wiederholen
page-stop = Nach dieser Übung anhalten
page-in = (in { $time })
page-link = Link zu dieser Übung
page-exercises = Übungen
page-words = Was zu hören ist
page-follow = Der Stimme folgen
page-number = Übung { $number } von { $count }
page-coming = Danach: { $title }
page-here = hier noch { $time }
page-left = insgesamt noch { $time }
page-last = Das ist der letzte Teil.
page-done = Die Einheit ist zu Ende.
page-nowhere = Dieser Link führt zu keiner Stelle in dieser Einheit.
page-trouble = Dieser Browser kann den Ton nicht abspielen. Öffne die Seite in einem anderen oder spiel die MP3 ab.
page-noscript = Zum Abspielen braucht die Seite JavaScript. Alles, was zu hören wäre, steht unten.
page-keys-title = Tasten
page-keys = Wenn ein Knopf der Wiedergabe den Fokus hat: K spielt ab und hält an, N ist die nächste Übung, P die vorige, R beginnt die Übung von vorn, L wiederholt sie immer wieder, und die Pfeiltasten gehen 10 Sekunden zurück oder vor.
page-made = Gemacht mit audiocoach. Diese Seite fragt nichts aus dem Internet ab; wo du warst, merkt sich nur dieser Browser.

## Die Seiten eines Servers: die Übungen zur Wahl, und die Seite, die auf eine Einheit wartet.

library-title = Einheiten
library-lead = Wähle, wie angesagt wird, und dann ein Programm. Die Adresse dieser Seite merkt sich deine Wahl; du kannst sie weitergeben.
library-settings = Wie angesagt wird
library-language = Sprache
library-voice = Stimme
library-voice-best = Die beste, die es gibt
library-pace = Tempo
library-pace-slow = Langsam
library-pace-normal = Normal
library-pace-brisk = Zügig
library-coaching = Wie viel angesagt wird
library-coaching-full = Alles
library-coaching-brief = Kurz
library-coaching-minimal = Kaum etwas
library-coaching-fade = Immer weniger
library-bed = Unter der Stimme
library-bed-off = Nichts
library-bed-rain = Regen
library-bed-brook = Ein Bach
library-bed-drone = Ein tiefer Ton
library-duration = Länge
library-duration-own = Wie im Programm
library-duration-natural = So lang, wie es dauert
library-apply = Übernehmen
library-routines = Programme
# $time ist "12 min".
library-about = etwa { $time }
library-minutes = { $figure } min
library-start = Abspielen
library-file = { $title } als MP3 herunterladen
library-mp3 = MP3
library-broken = Diese Datei lässt sich nicht verwenden:
library-feed = Podcast-Feed
library-feed-about = Angeleitete Übungseinheiten, genau so lang wie gewünscht.
library-feed-how = Kopiere diese Adresse in eine Podcast-App, die selbst abruft, zum Beispiel AntennaPod. Schalte „Stille überspringen“ aus: Die Pausen gehören zur Übung.
library-phone = Diese Seite auf dem Handy öffnen
library-phone-how = Richte die Kamera hierher. Das Handy muss im selben Netz sein.
library-made = Bereitgestellt von audiocoach. Diese Seiten fragen nichts aus dem Internet ab.
library-back = Alle Einheiten

waiting-title = { $title } wird erstellt
waiting-why = Diese Einheit entsteht zum ersten Mal. Nächstes Mal ist sie sofort da.
waiting-turn = Sie wartet, bis sie an der Reihe ist.
waiting-speaking = Die Stimme spricht.
waiting-linking = Die Einheit wird zusammengesetzt.
# Neben einem Balken: wie viel fertig ist.
waiting-done = { $done } von { $count }
waiting-again = Ohne JavaScript: Lade diese Seite nach einer Weile neu.
waiting-failed = Diese Einheit lässt sich nicht erstellen

# Notes. $words are those that are not heard, or heard faster; $place is a kind from above.
note-left-out = „{ $words }“ entfällt: „{ $place }“ ({ $length }) hat dafür keinen Platz
note-beside = { $note } neben „{ $words }“
note-matters = { $note }, das wichtiger ist
note-line = Zeile { FIGURE($line) }: { $note }
note-hurried = „{ $words }“ dauert { FIGURE($natural, minimumFractionDigits: 2) } s und wird { FIGURE($factor, minimumFractionDigits: 2) }-mal so schnell gesprochen, um in den Takt zu passen

## Voices of this language. What each is for: see en.ftl.

voice-espeak = de
voice-piper =
    de_DE-mls-medium: 236 German speakers, 77 MB, CC BY 4.0
    de_DE-thorsten-medium: German man, 63 MB, CC0, fine-tuned from lessac: unsettled
voice-lead = Das nächste Wort ist

## A limb that is only this has no name of its own. Not spoken.

words-side = Seite

## Words by which a breathing exercise is known: how its phases begin. Not spoken.

words-breath = ein aus einatmen ausatmen atme summen zischen seufzen pusten
# How words for breath and breathing begin, and for empty lungs.
words-breathing = atem atm pranayama kapalabhati leer
