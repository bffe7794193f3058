### Ce qu'audiocoach dit de lui-même en français. How to write it: see en.ftl.
###
### The listener is "vous", of either sex: no "prêt" or "allongée", but "préparez-vous".
### Sides, names and things come without an article ("pied droit"), or with "un" and "une".

## Numbers. "un" is the count; "une" is written out where it is needed.

# The rule by which a number takes a form (numbers.py), and what stands before its decimal places and
# between its thousands.
-numbers = one-below-two
    .decimal = { "," }
    .group = { "\u202F" }
number-0 = zéro
number-1 = un
number-2 = deux
number-3 = trois
number-4 = quatre
number-5 = cinq
number-6 = six
number-7 = sept
number-8 = huit
number-9 = neuf
number-10 = dix
number-11 = onze
number-12 = douze
number-13 = treize
number-14 = quatorze
number-15 = quinze
number-16 = seize
number-17 = dix-sept
number-18 = dix-huit
number-19 = dix-neuf
number-20 = vingt
number-21 = vingt et un
number-22 = vingt-deux
number-23 = vingt-trois
number-24 = vingt-quatre
number-25 = vingt-cinq
number-26 = vingt-six
number-27 = vingt-sept
number-28 = vingt-huit
number-29 = vingt-neuf
number-30 = trente
number-31 = trente et un
number-32 = trente-deux
number-33 = trente-trois
number-34 = trente-quatre
number-35 = trente-cinq
number-36 = trente-six
number-37 = trente-sept
number-38 = trente-huit
number-39 = trente-neuf
number-40 = quarante
number-41 = quarante et un
number-42 = quarante-deux
number-43 = quarante-trois
number-44 = quarante-quatre
number-45 = quarante-cinq
number-46 = quarante-six
number-47 = quarante-sept
number-48 = quarante-huit
number-49 = quarante-neuf
number-50 = cinquante
number-51 = cinquante et un
number-52 = cinquante-deux
number-53 = cinquante-trois
number-54 = cinquante-quatre
number-55 = cinquante-cinq
number-56 = cinquante-six
number-57 = cinquante-sept
number-58 = cinquante-huit
number-59 = cinquante-neuf
number-60 = soixante
number-90 = quatre-vingt-dix

## Parts of other phrases

# The end of a list: "un crayon, un élastique et une chaise". $first is all but the last.
and = { $first } et { $last }
# What is done in this order: "une fois, puis deux fois".
then = { $first }, puis { $last }
# $limb is a word of the routine. Of the usual ones the gender is known ("jambe droite"); for any
# other "nuque, côté droit" is right. A routine may write it out: limb: {right: ..., left: ...}.
side-name =
    { $limb ->
        [side]
            { $side ->
                [left] côté gauche
               *[right] côté droit
            }
       *[other]
            { BEGINS($limb, "(jambe|main|épaule|hanche|cheville|cuisse|fesse)( d'appui)?$") ->
                [yes]
                    { $side ->
                        [left] { $limb } gauche
                       *[right] { $limb } droite
                    }
               *[no]
                    { BEGINS($limb, "(pied|bras|avant-bras|genou|coude|poignet|talon|mollet|œil)( d'appui)?$") ->
                        [yes]
                            { $side ->
                                [left] { $limb } gauche
                               *[right] { $limb } droit
                            }
                       *[no]
                            { $side ->
                                [left] { $limb }, côté gauche
                               *[right] { $limb }, côté droit
                            }
                    }
            }
    }
count-minutes =
    { $minutes ->
        [one] une minute
        [21] vingt et une minutes
        [31] trente et une minutes
        [41] quarante et une minutes
        [51] cinquante et une minutes
       *[other] { WORDS($minutes) } minutes
    }
count-seconds =
    { $seconds ->
        [one] une seconde
        [21] vingt et une secondes
        [31] trente et une secondes
        [41] quarante et une secondes
        [51] cinquante et une secondes
       *[other] { WORDS($seconds) } secondes
    }
count-exercises =
    { $exercises ->
        [one] un exercice
       *[other] { WORDS($exercises) } exercices
    }
# How often: "dix fois".
count-reps =
    { $reps ->
        [one] une fois
        [21] vingt et une fois
        [31] trente et une fois
        [41] quarante et une fois
        [51] cinquante et une fois
       *[other] { WORDS($reps) } fois
    }
# How often, after a number of three or more: "trois fois, puis quatre", "puis une fois".
count-next =
    { $reps ->
        [one] une fois
        [21] vingt et une
        [31] trente et une
        [41] quarante et une
        [51] cinquante et une
       *[other] { WORDS($reps) }
    }

## What the loudness of a voice is measured on: plain coaching, long enough to be typical.

calibration =
    .a = Tenez-vous debout, les pieds écartés à la largeur des hanches.
    .b = Gardez la position, et respirez tranquillement.
    .c = Un. Deux. Trois. Quatre. Cinq.
    .d = Relâchez. Numéro deux. La moitié. La dernière.

## Names of parts of the session, in the list of chapters and on sheets; not spoken.

section-welcome = Accueil
section-close = Fin
section-round = Tour { $number } sur { $total }
marker-set = série { $number } sur { $total }
marker-rep = répétition { $number } sur { $total }
marker-rest = pause

## The welcome

welcome-hello = Bienvenue dans cette séance : { $title }.
    .b = Bonjour. La séance du jour : { $title }.
    .c = C'est l'heure de votre séance : { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about = Environ { count-minutes }, { count-exercises }.
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Selon votre choix : sans { $names }.
welcome-rounds =
    Selon votre choix : { $count ->
        [one] un tour
       *[other] { WORDS($count) } tours
    }.
welcome-level-beginner = Selon votre choix : niveau débutant.
welcome-level-intermediate = Selon votre choix : niveau intermédiaire.
welcome-level-advanced = Selon votre choix : niveau avancé.
welcome-sides-right = Selon votre choix : seulement le côté droit.
welcome-sides-left = Selon votre choix : seulement le côté gauche.
welcome-sides-both = Selon votre choix : les deux côtés.
welcome-sets =
    Selon votre choix : { $count ->
        [one] une série
        [21] vingt et une séries
        [31] trente et une séries
       *[other] { WORDS($count) } séries
    } de chaque exercice.
welcome-reps =
    Selon votre choix : { $count ->
        [one] une répétition
        [21] vingt et une répétitions
        [31] trente et une répétitions
        [41] quarante et une répétitions
        [51] cinquante et une répétitions
       *[other] { WORDS($count) } répétitions
    } par série.
# $things lists equipment: "un crayon et un élastique".
welcome-need = Il vous faut { $things }.
welcome-fetch = Vérifiez que tout est prêt.
welcome-safety =
    .a = Arrêtez-vous si vous avez mal, ou si la tête vous tourne.
    .b = Respirez tranquillement tout du long.
welcome-begin = Commençons.
    .b = C'est parti.
    .c = On commence.

## Around an exercise

exercise-title = Exercice { WORDS($number) } sur { WORDS($total) } : { $name }.
    .b = Voici l'exercice { WORDS($number) } : { $name }.
    .c = On passe à l'exercice { WORDS($number) } : { $name }.
    .d = Maintenant, exercice { WORDS($number) } : { $name }.
exercise-only = { $name }.
exercise-again = Encore une fois : { $name }.
    .b = On recommence : { $name }.
exercise-round = Tour { WORDS($number) } sur { WORDS($total) }.
# The same where there is no room for more.
exercise-round-brief = Tour { WORDS($number) }.
exercise-next-round = Prochain tour : { WORDS($number) } sur { WORDS($total) }.
    .b = Voici le tour { WORDS($number) } sur { WORDS($total) }.
# A group without a name, as it begins.
exercise-rounds = { WORDS($total) } tours.
exercise-rounds-of = { WORDS($rounds) } tours de { WORDS($count) } exercices qui s'enchaînent.
# « palier deux sur cinq »
round-named = { $name } { WORDS($number) } sur { WORDS($total) }
# The same where there is no room for more: "rung two".
round-named-brief = { $name } { WORDS($number) }
exercise-next = Ensuite : { $name }.
    .b = La suite : { $name }.
    .c = On continue avec : { $name }.
# The same where orders follow that are not for now, and no room to say that of each.
exercise-next-later = À la reprise : { $name }.
# The same behind the name of its round, behind which nobody may think that it comes after that.
exercise-first = En premier : { $name }.
    .b = Pour débuter : { $name }.
# In a long rest, what is new at a station of the round that comes later: "… row: 16 kilos."
exercise-later = Plus tard, { $name } : { $dose }
# Before a circuit by the clock; "listen" if its exercises are told beforehand.
exercise-ahead = Voici { WORDS($count) } exercices qui s'enchaînent.
exercise-ahead-listen = Pour l'instant, écoutez seulement ce qui vient plus tard.
# One of those that are told beforehand, where not all of them are.
exercise-ahead-number = Exercice { WORDS($number) } : { $name }.
exercise-ahead-begin = Et maintenant, le premier.
# After an exercise, in plain words.
exercise-over = Exercice terminé : { $name }.
    .b = C'est terminé : { $name }.
    .c = C'est fait : { $name }.
exercise-easier = Si c'est trop difficile :
exercise-harder = Si c'est trop facile :
# Something has to be done first that may take any time: the player can be paused.
task-pause = Mettez-moi en pause, le temps de tout préparer.
    .b = Prenez le temps qu'il vous faut. Mettez-moi en pause, et reprenez quand vous voulez.
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Prenez votre temps.
    .b = Rien ne presse. On reprend dans un instant.
    .c = Je suis toujours là. On reprend dans un instant.
# The same where one waits in a position that tires: held up, or on hands and knees.
exercise-orient-tired = Reposez-vous comme vous voulez jusqu'à la reprise.
exercise-orient-on-hands = Asseyez-vous sur les talons, si vous voulez, et revenez à la reprise.
# After an exercise: says that it is over, and now and then which.
exercise-done =
    .a = Bravo. Exercice terminé : { $name }.
    .b = Beau travail. Voilà qui est fait.
    .c = Exercice terminé : { $name }. Vous avez tenu jusqu'au bout.
    .d = C'est bien. Cet exercice est fait.
    .e = Très bien.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Redressez-vous maintenant en position assise.
position-standing = Levez-vous maintenant, sans vous presser.
position-sitting-on-chair = Asseyez-vous maintenant sur une chaise.
# The same as a session begins: many sit when they start one.
position-first-sitting-on-chair = Asseyez-vous sur une chaise, si ce n'est pas déjà fait.
position-sitting-on-floor = Asseyez-vous maintenant par terre.
position-kneeling = Mettez-vous maintenant à genoux.
position-on-hands-and-knees = Mettez-vous maintenant à quatre pattes.
position-lying-on-back = Allongez-vous maintenant sur le dos.
position-lying-on-front = Allongez-vous maintenant sur le ventre.
position-lying-on-side = Allongez-vous maintenant sur le côté.
# From one way of lying to another, and up to the knees from the floor.
position-turn-lying-on-back = Tournez-vous maintenant, face au plafond.
position-turn-lying-on-front = Tournez-vous maintenant sur le ventre.
position-turn-lying-on-side = Tournez-vous maintenant sur le côté.
position-turn-over = Retournez-vous pour cela, si nécessaire.
position-up-kneeling = Redressez-vous maintenant, à genoux.
position-timed-standing = Levez-vous maintenant.
# The same in a short rest, where there is no time for more.
position-brief-sit-up = redressez-vous.
position-brief-standing = levez-vous.
position-brief-sitting-on-chair = asseyez-vous sur une chaise.
position-brief-sitting-on-floor = asseyez-vous au sol.
position-brief-kneeling = mettez-vous à genoux.
position-brief-on-hands-and-knees = mettez-vous à quatre pattes.
position-brief-lying-on-back = allongez-vous sur le dos.
position-brief-lying-on-front = allongez-vous à plat ventre.
position-brief-lying-on-side = allongez-vous sur le côté.
position-brief-turn-lying-on-back = tournez-vous, face au plafond.
position-brief-turn-lying-on-front = tournez-vous à plat ventre.
position-brief-turn-lying-on-side = tournez-vous sur le côté.
position-brief-turn-over = retournez-vous, si nécessaire.
position-brief-up-kneeling = redressez-vous à genoux.
# The same in a rest too short even for that.
position-least-sit-up = Redressez-vous.
position-least-standing = Debout.
position-least-sitting-on-chair = Sur une chaise.
position-least-sitting-on-floor = Au sol.
position-least-kneeling = À genoux.
position-least-on-hands-and-knees = À quatre pattes.
position-least-lying-on-back = Sur le dos.
position-least-lying-on-front = À plat ventre.
position-least-lying-on-side = Sur le côté.
position-least-turn-lying-on-back = Face au plafond.
position-least-turn-lying-on-front = À plat ventre.
position-least-turn-lying-on-side = Sur le côté.
position-least-turn-over = Retournez-vous.
position-least-up-kneeling = À genoux.
# How one is for a station of which one hears beforehand: no request, as nobody moves yet.
position-there-standing = Debout.
position-there-sitting-on-chair = Sur une chaise.
position-there-sitting-on-floor = Au sol.
position-there-kneeling = À genoux.
position-there-on-hands-and-knees = À quatre pattes.
position-there-lying-on-back = Sur le dos.
position-there-lying-on-front = À plat ventre.
position-there-lying-on-side = Sur le côté.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps = { $often }.
dose-reps-until = { $often }, en { $seconds }.
dose-reps-hold =
    { $reps ->
        [one] une fois, en tenant { $seconds }.
       *[other] { $often }, en tenant { $seconds } chaque fois.
    }
# $first and $second are ways to do it: "dans le sens des aiguilles d'une montre".
dose-reps-each = { $often } { $first }, puis { $often } { $second }.
# The same where how often is a list: "trois fois, puis deux".
dose-reps-both = { $often }, { $first } comme { $second }.
dose-reps-each-of = { $often } de chaque façon : { $variants }.
dose-hold = à tenir { $seconds }.
dose-work = pendant { $seconds }.
dose-bouts =
    { $sets ->
        [21] vingt et une fois { $seconds }.
        [31] trente et une fois { $seconds }.
       *[other] { WORDS($sets) } fois { $seconds }.
    }
dose-bouts-rest =
    { $sets ->
        [21] vingt et une fois { $seconds }, avec des pauses.
        [31] trente et une fois { $seconds }, avec des pauses.
       *[other] { WORDS($sets) } fois { $seconds }, avec des pauses.
    }
# How what differs from set to set is told: "Load, set by set: 2 kilos, then 4 kilos."
dose-each-set = série par série
# Where it differs by round, or by what its group calls one: "rung".
dose-each-round = tour par tour
dose-each-named = { $name } par { $name }
# $dose is another in each round; $each is one of the above.
dose-by-each = { $each } : { $dose }
# $variants are ways to do it, in their order.
dose-variants = De chacune de ces façons, l'une après l'autre : { $variants }.
# A set begins so often; $seconds is never one minute.
dose-every = toutes les { $seconds } : { $often }.
dose-every-minute = toutes les minutes : { $often }.
# The same of one set, which has so long ("soixante secondes"): others come before the next one.
dose-within = { $often }, en { $seconds }.
# $often is "une fois" or "dix fois", $seconds a length: in a short rest, what is another.
dose-brief = { $often }, { $seconds }.
dose-brief-time = { $seconds }.
# $dose is one of the sentences above, of one side, or of what comes next.
dose-of-side = { $side } : { $dose }
dose-then = puis { $dose }
# The word of the format for no load, wherever $load or $loads has it.
dose-load-none = aucune
dose-load =
    { BEGINS($load, ".*charge") ->
        [yes] { $load }.
       *[no] Charge : { $load }.
    }
dose-loads =
    { BEGINS($loads, ".*charge") ->
        [yes] { $each } : { $loads }.
       *[no] Charge, { $each } : { $loads }.
    }
# Where the load is the same in several sets, rounds or bouts in a row.
dose-load-from-set = À partir de la série { WORDS($number) } : { $load }.
dose-load-from-round = À partir du tour { WORDS($number) } : { $load }.
dose-load-from-bout = À partir du numéro { WORDS($number) } : { $load }.
# The same by the name its group gives a round.
dose-load-from-named = { $name } { WORDS($number) } et au-delà : { $load }.
# The same where it is another in that one only.
dose-load-in-set = À la série { WORDS($number) } : { $load }.
dose-load-in-round = Au tour { WORDS($number) } : { $load }.
dose-load-in-bout = Numéro { WORDS($number) } : { $load }.
dose-load-in-named = { $name } { WORDS($number) } : { $load }.
dose-load-side = { $side } : { $load }.
dose-sets =
    { $sets ->
        [one] Une série.
        [21] Vingt et une séries.
        [31] Trente et une séries.
       *[other] { WORDS($sets) } séries.
    }
dose-side-then-side = D'abord : { $first }. Puis autant de fois : { $second }.
dose-bouts-side-then-side = D'abord : { $first }. Puis : { $second }.
dose-side-only = Un seul côté : { $side }.
dose-alternating = En alternant droite et gauche, autant de chaque côté. D'abord : { $side }.
dose-alternating-once = Une fois de chaque côté. D'abord : { $side }.
# 1.5 is "one" in French: "1,5 seconde". Hence 1 is told apart.
dose-seconds =
    { $number ->
        [1] une seconde
        [1.5] une seconde et demie
        [one] { WORDS($number) } seconde
        [21] vingt et une secondes
        [31] trente et une secondes
        [41] quarante et une secondes
        [51] cinquante et une secondes
       *[other] { WORDS($number) } secondes
    }
dose-breaths =
    { $number ->
        [one] une respiration
        [21] vingt et une respirations
        [31] trente et une respirations
        [41] quarante et une respirations
        [51] cinquante et une respirations
       *[other] { WORDS($number) } respirations
    }
dose-minutes =
    { $number ->
        [1.5] une minute et demie
        [2.5] deux minutes et demie
        [1] une minute
        [one] { WORDS($number) } minute
        [21] vingt et une minutes
        [31] trente et une minutes
        [41] quarante et une minutes
        [51] cinquante et une minutes
       *[other] { WORDS($number) } minutes
    }

## Cues: short, most of them on a beat

cue-ready = Préparez-vous.
cue-ready-side = Préparez-vous : { $side }.
# The same after a long telling: $name is that of the exercise.
cue-ready-name = { $name } : préparez-vous.
cue-ready-name-side = { $name }, { $side } : préparez-vous.
# What the next set begins with: a side.
cue-start-with = D'abord : { $what }.
    .b = Pour commencer : { $what }.
# What follows: another dose, or the next of several ways to do it.
cue-then = Puis : { $what }.
# What follows while what is done may still go on: $what is position-brief.
cue-when-done = Quand vous aurez fini : { $what }.
cue-go = Allez
cue-hold = Maintenez
# The same where nothing before it had the time to tell that it is longer now, or shorter.
cue-hold-for = Maintenez { $seconds }.
cue-act = Maintenant
cue-release = Relâchez
# The same where the next variant is held in the same position.
cue-stay = Et restez ainsi.
    .b = Restez comme ça.
# The same of a position that one was led into, where the routine does not say how to leave it.
cue-leave = Et quittez la position.
cue-stop = Et stop.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Descendez
cue-lift = Montez
cue-pause = Maintenez
cue-halfway = C'est la moitié.
    .b = Déjà la moitié.
    .c = Il reste la moitié.
# Half of the reps are done. It stands beside movements, so nobody may hear in it how far to go.
cue-reps-halfway = Déjà la moitié.
    .b = La moitié est faite.
    .c = Vous en avez fait la moitié.
cue-seconds-left = encore { count-seconds }
    .b = il reste { count-seconds }
    .c = plus que { count-seconds }
cue-minutes-left = encore { count-minutes }
    .b = il reste { count-minutes }
    .c = plus que { count-minutes }
cue-minutes-seconds-left = encore { count-minutes } et { count-seconds }
# What fills a long time: true of any exercise, a hold, a run, or ice on a knee.
cue-remark =
    .a = Continuez de respirer calmement.
    .b = Relâchez la mâchoire et les épaules.
    .c = Continuez comme ça.
    .d = Je surveille le chrono.
    .e = Je vous dirai quand ce sera fini.
    .f = Observez ce que vous sentez.
    .g = Une respiration après l'autre.
    .h = Détendez le visage.
# The same with a load, in an effort at one's own pace or where one holds oneself up: nothing that
# would let go, and nothing of what one is doing, which may be resting already.
cue-remark-effort =
    .a = Continuez de respirer calmement.
    .b = Une respiration après l'autre.
    .c = Je surveille le chrono.
    .d = Je vous dirai quand le temps sera écoulé.
# In a long rest, before a sentence on how the next exercise is done.
cue-rest-recall = À la reprise :
# The same before what has to be done by then: a set-up.
cue-rest-before = Avant de reprendre :
# What fills a long rest.
cue-rest-remark =
    .a = Laissez votre souffle se calmer.
    .b = Laissez tomber les épaules.
    .c = Buvez une gorgée d'eau, si vous voulez.
    .d = Je surveille le chrono.
    .e = Secouez les bras, si vous voulez.
    .f = Observez vos sensations.
# In the last third of an effort: no praise, nothing is done yet.
cue-encourage =
    .a = Vous y êtes presque.
    .b = Plus très longtemps.
    .c = Le plus long est derrière vous.
    .d = Bien régulier jusqu'au bout.
# Behind "Last one.", at the end of many reps.
cue-encourage-rep =
    .a = Aussi belle que la première.
    .b = Bien contrôlée.
    .c = Sans vous presser.
    .d = Et ce sera fini.
# Announces a rep.
cue-number = Numéro { WORDS($number) }.
# The first word of a rep with its number. $what is a word of the routine: "Lower, two."
cue-number-with = { $what }, { WORDS($number) }.
# The same behind it, where the number alone could be a second.
cue-number-behind = { $what }, numéro { WORDS($number) }.
cue-number-next = Ensuite : numéro { WORDS($number) } sur { WORDS($total) }.
    .b = La suite : numéro { WORDS($number) } sur { WORDS($total) }.
# In place of the whole announcement where a set begins at once.
cue-set-of = Série { WORDS($number) } sur { WORDS($total) }.
cue-two-more = Encore deux.
    .b = Plus que deux.
    .c = Il en reste deux.
cue-last-one = La dernière.
    .b = Encore une.
    .c = Plus qu'une.
# The same where the sides take turns: of both of them.
cue-two-pairs = Encore deux par côté.
    .b = Encore deux paires.
    .c = Il reste deux paires.
cue-last-pair = La dernière par côté.
    .b = Encore une par côté.
    .c = Une dernière.
# The same in the fewest words with the side: "last one" alone would leave open whose turn it is.
cue-last-of-side =
    { $side ->
        [left] Dernière à gauche.
       *[right] Dernière à droite.
    }
cue-last-set = Ensuite : la dernière série.
    .b = On termine par la dernière série.
# In a breathing exercise: half of the time has gone.
cue-half-over = La moitié est passée.
    .b = Vous êtes à mi-parcours.
# Paces breaths in a long hold. $left is how many are left with the one that begins, 0 if untold.
cue-breath-in =
    { $left ->
        [0] Inspirez
        [1] Inspirez, la dernière
        [21] Inspirez, encore vingt et une
        [31] Inspirez, encore trente et une
       *[other] Inspirez, encore { WORDS($left) }
    }.
cue-breath-in-one-more = Inspirez, encore une respiration.
cue-breath-out = Expirez.
cue-rest = Pause.
cue-rest-seconds = Pause : { $seconds }.
    .b = Récupérez : { $seconds }.
    .c = Petite pause : { $seconds }.
cue-set-next = Ensuite : série { WORDS($number) } sur { WORDS($total) }.
    .b = La suite : série { WORDS($number) } sur { WORDS($total) }.
cue-bout-next = Ensuite : numéro { WORDS($number) } sur { WORDS($total) }.
    .b = La suite : numéro { WORDS($number) } sur { WORDS($total) }.
    .c = Puis : numéro { WORDS($number) } sur { WORDS($total) }.
cue-last-bout-next = Ensuite : la dernière.
    .b = On termine par la dernière.
cue-rep-side = { $side }.
# The same of a rep in which that side moves later: its name alone would be an order.
cue-turn-of-side = Cette fois : { $side }.
# The same where there is no room for a long name.
cue-rep-other-side = Autre côté.
# In place of both where there is time for one word only.
cue-side-only =
    { $side ->
        [left] Gauche.
       *[right] Droite.
    }
cue-switch = Changez de côté : { $side }.
    .b = De l'autre côté : { $side }.
    .c = On change de côté : { $side }.
# The same where the other side is tiring to wait in, and only later led into.
cue-switch-rest = Petite pause. Ensuite : { $side }.
# $variant is a way to do it: "dans le sens des aiguilles d'une montre".
cue-other = Puis { $variant }.
cue-variant = { $variant }.

## The close

# $exercises is at least two.
close-done = C'était le dernier des { WORDS($exercises) } exercices.
    .b = Vous avez fait { count-exercises }.
    .c = { count-exercises }, du premier au dernier.
# Inside a long pause at the end, after which nothing follows.
close-orient =
    .a = Prenez votre temps.
    .b = Rien ne presse.
close-settle = Restez immobile un instant, et observez vos sensations.
    .b = Respirez un instant, et observez vos sensations.
close-goodbye = La séance se termine ici. À bientôt.
    .b = C'est tout pour aujourd'hui. Prenez soin de vous.
    .c = Au revoir, et prenez soin de vous.
close-times =
    { $times ->
        [one] une fois
       *[other] { WORDS($times) } fois
    }
close-per-day = { $name }, à part : { close-times } par jour.
close-per-week = { $name }, à part : { close-times } par semaine.
close-session-per-day = Faites cette séance { close-times } par jour.
close-session-per-week = Faites cette séance { close-times } par semaine.
# $every comes from the routine: "deux à trois jours".
close-every = Faites cette séance à { $every } d'intervalle.
close-exercise-every = { $name }, à part : à { $every } d'intervalle.

## Réponses de la télécommande : dites quand on demande. $time et $whole sont des durées (« deux minutes »).

remote-over = La séance est terminée. Dites : commencer, pour la recommencer.
remote-paused = En pause. Dites : continuer, quand vous voudrez.
remote-last = C’est la dernière partie.
remote-no-rest = Il n’y a pas de repos en ce moment.
remote-left = Encore { $time }.
# $name est l’exercice en cours.
remote-left-here = { $name } : encore { $time }. En tout, { $whole }.
remote-coming = Ensuite : { $name }.
remote-part = C’est : { $name }.
remote-which = Exercice { WORDS($number) } sur { WORDS($count) } : { $name }.
remote-not-begun = Cela n’a pas encore commencé.
remote-done = C’est fait.
remote-more-time = Encore { $time }.
remote-one-more = Encore une fois après celle-ci.
# $count is two or more.
remote-more =
    Encore { $count ->
        [21] vingt et une
        [31] trente et une
        [41] quarante et une
        [51] cinquante et une
       *[other] { WORDS($count) }
    } fois après celle-ci.
remote-last-rep = C’est la dernière.
remote-slower = Plus lentement à partir d’ici.
remote-faster = Plus vite à partir d’ici.
remote-slowest = On ne peut pas aller plus lentement.
remote-fastest = On ne peut pas aller plus vite.
remote-fewer = Ce qui est prescrit ne change pas. Vous pouvez dire : pause, moins vite, ou suivant.

## Ce qu’un assistant répond en outre. $name est un programme ou un exercice, $time une durée.

assistant-nothing = Aucune séance n’est en cours.
assistant-unknown = Je n’ai pas compris : { $words }.
assistant-too-short = { $name } : au moins { $time }.
assistant-too-long = { $name } : au plus { $time }.
assistant-in-few-words = En peu de mots, ce serait possible.
assistant-would-fit = Ce serait possible : { $name }.
assistant-leave-out = Ce serait possible sans : { $name }.
assistant-alone = Ce serait possible avec un seul exercice : { $name }.
assistant-moment = Un moment, je la prépare.
assistant-failed = Cela ne peut pas être préparé ici.
assistant-whole = Ici, c’est la séance entière, qui dure { $time }.
assistant-help = Vous pouvez dire : suivant, répète, combien de temps encore, moins vite, pause ou stop.
assistant-stopped-at = La dernière fois, la séance s’est arrêtée à : { $name }. Pour reprendre là, dites : continue.

## Sheets: read, not spoken. Numbers stand in figures; $time is one with its unit.

figure = { FIGURE($number) }
# $figure is one figure, or two: "10–15".
time-seconds = { $figure } s
time-minutes = { $figure } min
# As the files of routines have it: "500ms", "1.5s".
exact-milliseconds = { FIGURE($number) } ms
exact-seconds = { FIGURE($number) } s
exact-range = { $low } à { $high }

# What is done.
kind-work = effort
kind-hold = maintien
kind-phase = phase
kind-rep = répétition
kind-rest = pause
kind-count-in = compte à rebours
# The same with its length.
timed-work = { $time } d'effort
timed-hold = tenir { $time }
timed-phase = phase de { $time }
timed-rep = répétition de { $time }
timed-rest = { $time } de pause
# A length that nobody prescribed, and one that may lie between two.
timed-about = { $time } environ
timed-range = prescription : { $time }
done-reps =
    { $count ->
        [one] une répétition de { $time }
       *[other] { FIGURE($count) } répétitions de { $time }
    }
done-reps-brief =
    { $count ->
        [one] une répétition
       *[other] { FIGURE($count) } répétitions
    }
done-then = puis
# $what is what is done with the $side, or in so many rounds ("2 rounds").
done-side = { $side }{ "\u00A0" }: { $what }
done-sides = { $first }{ "\u00A0" }; { $second }
done-rounds =
    { $count ->
        [one] { FIGURE($count) } tour
       *[other] { FIGURE($count) } tours
    }

# What is waited for.
wait-pause = courte pause
wait-fetch = prendre le matériel
wait-do = faire ce qui est demandé
wait-move = changer de position
wait-first = avant le premier exercice
wait-ready = se préparer
wait-exercises = entre les exercices
wait-sets = entre les séries
wait-sides = changer de côté
wait-variants = changer de sens
wait-settle = rester immobile

chime-start = signal de début
chime-side = signal de changement de côté
chime-bell = cloche
chime-end = signal de fin

sheet-exercises =
    { $count ->
        [one] { FIGURE($count) } exercice
       *[other] { FIGURE($count) } exercices
    }
sheet-brackets = les temps entre parenthèses sont des temps d'attente
# The heads of the columns of two tables.
sheet-exercise = exercice
sheet-begins = début
sheet-lasts = durée
sheet-time = temps
sheet-said = consignes
sheet-to-do = à faire
# After the name of an exercise that was told in full before.
sheet-as-before = comme avant
sheet-with-counts = en comptant
sheet-notes = Remarques
sheet-note = remarque : { $note }
# $what is one of those above: "change position".
sheet-pause = { $time } : { $what }
sheet-prescribed = prescrit
sheet-prescribed-range = prescrit : { $range }
sheet-line = ligne { FIGURE($line) }

# $extent is the length of the session, and how many exercises it has.
picture-about = Le déroulement de la séance : { $extent }
picture-axis = temps depuis le début de chaque ligne
# The five of the legend stand in one line: 115 letters are all there is room for.
picture-work = effort ou maintien, durée prescrite
picture-free = mouvement, durée approximative
picture-rest = pause
picture-pause = transition ou mise en place
picture-voice = la voix parle

## Le commentaire du fichier : lu dans les lecteurs.

comment-source = Source : { $name }.
comment-voice = Voix : { $name }.
comment-licence = Licence de la voix : { $name }.
comment-flags = Réglages : { $name }.

## La page qui lit la séance : lue à l’écran, et par les lecteurs d’écran. Les durées sont « 1:22 ».

page-player = Lecteur
page-play = Écouter { $title }
page-pause = Pause
page-previous = Exercice précédent
page-next = Exercice suivant
page-back = Reculer de 10 secondes
page-forward = Avancer de 10 secondes
page-repeat = Reprendre cet exercice
page-loop = Répéter cet exercice en boucle
page-stop = Arrêter après cet exercice
page-in = (dans { $time })
page-link = Lien vers cet exercice
page-exercises = Exercices
page-words = Ce que vous entendrez
page-follow = Suivre la voix
page-number = Exercice { $number } sur { $count }
page-coming = Ensuite : { $title }
page-here = encore { $time } ici
page-left = encore { $time } en tout
page-last = C’est la dernière partie.
page-done = La séance est terminée.
page-nowhere = Ce lien ne mène à aucun endroit de cette séance.
page-trouble = Ce navigateur ne peut pas lire le son. Ouvrez la page dans un autre, ou écoutez le MP3.
page-noscript = Le lecteur a besoin de JavaScript. Tout ce que vous entendriez est écrit plus bas.
page-keys-title = Touches
page-keys = Quand un bouton du lecteur a le focus : K lit et met en pause, N passe à l’exercice suivant, P au précédent, R le reprend, L le répète en boucle, et les flèches reculent ou avancent de 10 secondes.
page-made = Fait avec audiocoach. Cette page ne demande rien à internet ; votre place n’est gardée que dans ce navigateur.

## Les pages d’un serveur : les programmes à choisir, et la page qui attend une séance.

library-title = Séances
library-lead = Choisissez la façon de guider, puis un programme. L’adresse de cette page garde votre choix : vous pouvez la transmettre.
library-settings = Façon de guider
library-language = Langue
library-voice = Voix
library-voice-best = La meilleure disponible
library-pace = Allure
library-pace-slow = Lente
library-pace-normal = Normale
library-pace-brisk = Vive
library-coaching = Ce qui est dit
library-coaching-full = Tout
library-coaching-brief = L’essentiel
library-coaching-minimal = Presque rien
library-coaching-fade = De moins en moins
library-bed = Sous la voix
library-bed-off = Rien
library-bed-rain = La pluie
library-bed-brook = Un ruisseau
library-bed-drone = Un son grave
library-duration = Durée
library-duration-own = Celle du programme
library-duration-natural = Le temps qu’il faut
library-apply = Appliquer
library-routines = Programmes
# $time est « 12 min ».
library-about = environ { $time }
library-minutes = { $figure } min
library-start = Écouter
library-file = Télécharger { $title } en MP3
library-mp3 = MP3
library-broken = Ce fichier est inutilisable :
library-feed = Flux de podcast
library-feed-about = Des séances d’exercices guidées, de la durée exacte demandée.
library-feed-how = Copiez cette adresse dans une application de podcasts qui télécharge elle-même, comme AntennaPod. Désactivez « ignorer les silences » : les pauses font partie de l’exercice.
library-phone = Ouvrir cette page sur le téléphone
library-phone-how = Visez ce code avec l’appareil photo. Le téléphone doit être sur le même réseau.
library-made = Servi par audiocoach. Ces pages ne demandent rien à internet.
library-back = Toutes les séances

waiting-title = { $title } est en préparation
waiting-why = Cette séance est préparée pour la première fois. La prochaine fois, elle sera là tout de suite.
waiting-turn = Elle attend son tour.
waiting-speaking = La voix parle.
waiting-linking = La séance est assemblée.
# À côté d’une barre : ce qui est fait.
waiting-done = { $done } sur { $count }
waiting-again = Sans JavaScript, rechargez cette page dans un moment.
waiting-failed = Cette séance ne peut pas être préparée

# Notes. $words are those that are not heard, or heard faster; $place is a kind from above.
note-left-out = « { $words } » n'est pas dit : pas de place dans « { $place } » ({ $length })
note-beside = { $note } à côté de « { $words } »
note-matters = { $note }, qui compte davantage
note-line = ligne { FIGURE($line) } : { $note }
note-hurried = « { $words } » dure { FIGURE($natural, minimumFractionDigits: 2) } s et est dit { FIGURE($factor, minimumFractionDigits: 2) } fois plus vite pour tenir dans son temps

## Voices of this language. What each is for: see en.ftl.

voice-espeak = fr
voice-piper =
    fr_FR-mls-medium: 125 French speakers, 77 MB, CC BY 4.0
voice-lead = Le mot suivant est

## A limb that is only this has no name of its own. Not spoken.

words-side = côté

## Words by which a breathing exercise is known: how its phases begin. Not spoken.

words-breath = inspirez expirez inspire expire soufflez bourdonnez sifflez soupirez soufflez
# How words for breath and breathing begin, and for empty lungs.
words-breathing = respir inspir expir souffle pranayama kapalabhati vide
