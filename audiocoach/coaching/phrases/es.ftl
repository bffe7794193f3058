### Lo que audiocoach dice por su cuenta en español. How to write it: see en.ftl.
###
### The listener is "tú", of either sex: no "listo" or "cansada", but "prepárate". Sides,
### names and things come without an article ("pie derecho", "un lápiz").

## Numbers. "uno" is the count; "un" and "una" are written out where they are needed.

number-0 = cero
number-1 = uno
number-2 = dos
number-3 = tres
number-4 = cuatro
number-5 = cinco
number-6 = seis
number-7 = siete
number-8 = ocho
number-9 = nueve
number-10 = diez
number-11 = once
number-12 = doce
number-13 = trece
number-14 = catorce
number-15 = quince
number-16 = dieciséis
number-17 = diecisiete
number-18 = dieciocho
number-19 = diecinueve
number-20 = veinte
number-30 = treinta
number-40 = cuarenta
number-50 = cincuenta
number-60 = sesenta
number-90 = noventa

## Parts of other phrases

# The end of a list: "un lápiz, una banda y una silla". $first is all but the last.
and = { $first } y { $last }
# $limb is a word of the routine whose gender is not known: "pierna, lado derecho" is right
# for any. A routine that wants "pierna derecha" writes it out: limb: {right: ..., left: ...}.
side-name =
    { $limb ->
        [side]
            { $side ->
                [left] lado izquierdo
               *[right] lado derecho
            }
       *[other]
            { $side ->
                [left] { $limb }, lado izquierdo
               *[right] { $limb }, lado derecho
            }
    }
count-minutes =
    { $minutes ->
        [one] un minuto
       *[other] { WORDS($minutes) } minutos
    }
count-exercises =
    { $exercises ->
        [one] un ejercicio
       *[other] { WORDS($exercises) } ejercicios
    }

## What the loudness of a voice is measured on: plain coaching, long enough to be typical.

calibration =
    .a = Ponte de pie, con los pies separados a la anchura de las caderas.
    .b = Mantén la posición y respira con calma.
    .c = Uno. Dos. Tres. Cuatro. Cinco.
    .d = Suelta. Número dos. A la mitad. La última.

## Names of parts of the session, in the list of chapters and on sheets; not spoken.

section-welcome = Bienvenida
section-close = Cierre
section-round = Vuelta { $number } de { $total }
marker-set = serie { $number } de { $total }
marker-rep = repetición { $number } de { $total }
marker-rest = descanso

## The welcome

welcome-hello = Te damos la bienvenida a esta sesión: { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about = Aproximadamente { count-minutes }, { count-exercises }.
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Cambio tuyo: sin { $names }.
welcome-rounds =
    Cambio tuyo: { $count ->
        [one] una vuelta
       *[other] { WORDS($count) } vueltas
    }.
welcome-level-beginner = Cambio tuyo: nivel inicial.
welcome-level-intermediate = Cambio tuyo: nivel intermedio.
welcome-level-advanced = Cambio tuyo: nivel avanzado.
welcome-sides-right = Cambio tuyo: solo el lado derecho.
welcome-sides-left = Cambio tuyo: solo el lado izquierdo.
welcome-sides-both = Cambio tuyo: los dos lados.
welcome-sets =
    Cambio tuyo: { $count ->
        [one] una serie
       *[other] { WORDS($count) } series
    } de cada ejercicio.
welcome-reps =
    Cambio tuyo: { $count ->
        [one] una repetición
       *[other] { WORDS($count) } repeticiones
    } en cada serie.
# $things lists equipment: "un lápiz y una banda elástica".
welcome-need = Necesitas { $things }.
welcome-fetch =
    { $count ->
        [one] Ten eso a mano.
       *[other] Tenlo todo a mano.
    }
welcome-safety =
    .a = Para si algo te duele o si te mareas.
    .b = Respira con calma todo el tiempo.
welcome-begin = Empecemos.

## Around an exercise

exercise-title = Ejercicio { WORDS($number) } de { WORDS($total) }: { $name }.
exercise-only = { $name }.
exercise-again = Otra vez: { $name }.
exercise-round = Vuelta { WORDS($number) } de { WORDS($total) }.
exercise-next-round = A continuación, vuelta { WORDS($number) } de { WORDS($total) }.
exercise-next = A continuación: { $name }.
# Before a circuit by the clock, all exercises of which are told beforehand.
exercise-ahead = Vienen { WORDS($count) } ejercicios por tiempo. Primero escucha.
exercise-ahead-begin = Ahora empezamos.
# After an exercise, in plain words.
exercise-over = Ya está: { $name }.
exercise-easier = Si te resulta demasiado difícil:
exercise-harder = Si te resulta demasiado fácil:
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Tómate tu tiempo.
    .b = Sin prisa. Seguimos en un momento.
    .c = Sigo aquí. Muévete cuando quieras.
# After an exercise: says that it is over, and which.
exercise-done =
    .a = Muy bien, ya está: { $name }.
    .b = Buen trabajo, ya está: { $name }.
    .c = Bien hecho, ya está: { $name }.
    .d = Bien, ya está: { $name }.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Ahora incorpórate y siéntate, por favor.
position-standing = Ahora ponte de pie, por favor, sin prisa.
position-sitting-on-chair = Ahora siéntate en una silla, por favor.
position-sitting-on-floor = Ahora siéntate en el suelo, por favor.
position-kneeling = Ahora ponte de rodillas, por favor.
position-on-hands-and-knees = Ahora apóyate en las manos y las rodillas, por favor.
position-lying-on-back = Ahora túmbate boca arriba, por favor.
position-lying-on-front = Ahora túmbate boca abajo, por favor.
position-lying-on-side = Ahora túmbate de lado, por favor.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps =
    { $reps ->
        [one] Una vez.
       *[other] { WORDS($reps) } veces.
    }
dose-reps-hold =
    { $reps ->
        [one] Una vez, manteniendo { $seconds }.
       *[other] { WORDS($reps) } veces, manteniendo { $seconds } cada vez.
    }
# $first and $second are ways to do it: "en el sentido de las agujas del reloj".
dose-reps-each =
    { $reps ->
        [one] Una vez { $first }, luego una vez { $second }.
       *[other] { WORDS($reps) } veces { $first }, luego { WORDS($reps) } veces { $second }.
    }
dose-hold = Mantén la posición { $seconds }.
dose-work = Durante { $seconds }.
dose-bouts = { WORDS($sets) } veces, { $seconds } cada una.
dose-bouts-rest = { WORDS($sets) } veces, { $seconds } cada una, con descansos entre ellas.
# $seconds is a list of lengths: "veinte segundos y treinta segundos".
dose-works = Uno tras otro: { $seconds }.
# A set begins so often; $seconds is never one of anything ("sesenta segundos").
dose-every =
    { $reps ->
        [one] Una vez, y de nuevo cada { $seconds }.
       *[other] { WORDS($reps) } veces, y de nuevo cada { $seconds }.
    }
dose-sets =
    { $sets ->
        [one] Una serie.
       *[other] { WORDS($sets) } series.
    }
dose-side-then-side = Primero, { $first }; después, las mismas: { $second }.
dose-bouts-side-then-side = Primero, { $first }; después, { $second }.
dose-side-only = Solo { $side }.
dose-alternating = Con cada lado, alternando derecha e izquierda; primero, { $side }.
dose-seconds =
    { $number ->
        [one] un segundo
       *[other] { WORDS($number) } segundos
    }
dose-minutes =
    { $number ->
        [one] un minuto
       *[other] { WORDS($number) } minutos
    }

## Cues: short, most of them on a beat

cue-ready = Prepárate.
cue-ready-side = Prepárate: { $side }.
# What the next set begins with: a side.
cue-start-with = Luego, { $what }.
cue-go = Ya
cue-hold = Mantén
cue-act = Ahora
cue-release = Suelta
cue-stop = Y para.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Baja
cue-lift = Sube
cue-pause = Mantén
cue-halfway = A la mitad.
cue-seconds-left =
    { $seconds ->
        [one] un segundo
       *[other] { WORDS($seconds) } segundos
    }
cue-minutes-left =
    { $minutes ->
        [one] queda un minuto
       *[other] quedan { WORDS($minutes) } minutos
    }
cue-minutes-seconds-left =
    { $minutes ->
        [one] queda un minuto y { WORDS($seconds) } segundos
       *[other] quedan { WORDS($minutes) } minutos y { WORDS($seconds) } segundos
    }
# Announces a rep.
cue-number = Número { WORDS($number) }.
cue-number-next = A continuación, número { WORDS($number) } de { WORDS($total) }.
# In place of the whole announcement where a set begins at once.
cue-set-of = { WORDS($number) } de { WORDS($total) }.
cue-two-more = Dos más.
cue-last-one = La última.
cue-last-set = A continuación, la última serie.
cue-rest = Descanso.
cue-rest-seconds = Descanso, { $seconds }.
cue-set-next = A continuación, serie { WORDS($number) } de { WORDS($total) }.
# $action is the word on which it begins: "Camina".
cue-bout-next = A continuación: { $action }, { WORDS($number) } de { WORDS($total) }.
cue-last-bout-next = A continuación, la última.
cue-rep-side = { $side }.
cue-switch = Ahora cambia: { $side }.
# $variant is a way to do it: "en el sentido de las agujas del reloj".
cue-other = Ahora, { $variant }.
cue-variant = { $variant }.

## The close

close-done = Ese ha sido el último ejercicio. Muy bien.
close-settle = Quédate un momento en calma y respira con tranquilidad.
close-goodbye = Eso es todo. Hasta la próxima.
close-times =
    { $times ->
        [one] una vez
       *[other] { WORDS($times) } veces
    }
close-per-day = { $name }: { close-times } al día.
close-per-week = { $name }: { close-times } a la semana.
close-session-per-day = Haz esta sesión { close-times } al día.
close-session-per-week = Haz esta sesión { close-times } a la semana.
# $every comes from the routine: "dos o tres días".
close-every = Haz esta sesión cada { $every }.
close-exercise-every = { $name }: cada { $every }.

## Sheets: read, not spoken. Numbers stand in figures; $time is one with its unit.

figure = { FIGURE($number) }
# $figure is one figure, or two: "10–15".
time-seconds = { $figure } s
time-minutes = { $figure } min
# As the files of routines have it: "500ms", "1.5s".
exact-milliseconds = { FIGURE($number) } ms
exact-seconds = { FIGURE($number) } s
exact-range = { $low } a { $high }

# What is done.
kind-work = trabajo
kind-hold = posición mantenida
kind-phase = fase
kind-rep = repetición
kind-rest = descanso
kind-count-in = cuenta atrás
# The same with its length.
timed-work = { $time } de trabajo
timed-hold = mantener { $time }
timed-phase = fase de { $time }
timed-rep = repetición de { $time }
timed-rest = { $time } de descanso
# A length that nobody prescribed, and one that may lie between two.
timed-about = unos { $time }
timed-range = prescripción: { $time }
done-reps =
    { $count ->
        [one] una repetición de { $time }
       *[other] { FIGURE($count) } repeticiones de { $time }
    }
done-reps-brief =
    { $count ->
        [one] una repetición
       *[other] { FIGURE($count) } repeticiones
    }
done-then = después
# $what is what is done with the $side.
done-side = { $side }: { $what }
done-sides = { $first }; { $second }
done-rounds =
    { $count ->
        [one] { FIGURE($count) } vuelta
       *[other] { FIGURE($count) } vueltas
    }

# What is waited for.
wait-pause = pausa
wait-fetch = buscar lo necesario
wait-do = hacer lo indicado
wait-move = cambiar de posición
wait-first = antes del primer ejercicio
wait-ready = prepararse
wait-exercises = entre ejercicios
wait-sets = entre series
wait-sides = cambiar de lado
wait-variants = cambiar de dirección
wait-settle = permanecer en calma

chime-start = señal de inicio
chime-side = señal de cambio de lado
chime-end = señal de fin

sheet-exercises =
    { $count ->
        [one] { FIGURE($count) } ejercicio
       *[other] { FIGURE($count) } ejercicios
    }
sheet-brackets = los tiempos entre paréntesis son pausas
# The heads of the columns of two tables.
sheet-exercise = ejercicio
sheet-begins = inicio
sheet-lasts = duración
sheet-time = tiempo
sheet-said = indicaciones
sheet-to-do = qué hacer
# After the name of an exercise that was told in full before.
sheet-as-before = igual que antes
sheet-with-counts = contando
sheet-notes = Notas
sheet-note = nota: { $note }
# $what is one of those above: "change position".
sheet-pause = { $time }: { $what }
sheet-prescribed = prescrito
sheet-prescribed-range = prescrito: de { $range }
sheet-line = línea { FIGURE($line) }

# $extent is the length of the session, and how many exercises it has.
picture-about = Desarrollo de la sesión: { $extent }
picture-axis = tiempo desde el inicio de cada fila
# The five of the legend stand in one line: 115 letters are all there is room for.
picture-work = lo prescrito: trabajar o mantener
picture-free = movimiento, duración aproximada
picture-rest = descanso
picture-pause = pausa o tiempo para colocarse
picture-voice = habla la voz

# Notes. $words are those that are not heard, or heard faster; $place is a kind from above.
note-left-out = se omite «{ $words }»: no cabe en «{ $place }» ({ $length })
note-beside = { $note } junto a «{ $words }»
note-matters = { $note }, que es más importante
note-line = línea { FIGURE($line) }: { $note }
note-hurried = «{ $words }» dura { FIGURE($natural, minimumFractionDigits: 2) } s y se dice { FIGURE($factor, minimumFractionDigits: 2) } veces más rápido para que quepa en su tiempo

## Voices of this language. What each is for: see en.ftl.

voice-espeak = es
voice-piper =
    es_ES-davefx-medium: Spanish man
    es_MX-ald-medium: Mexican man
voice-lead = La palabra siguiente es
