### Lo que audiocoach dice por su cuenta en español. How to write it: see en.ftl.
###
### The listener is "tú", of either sex: no "listo" or "cansada", but "prepárate". Sides,
### names and things come without an article ("pie derecho", "un lápiz").

## Numbers. "uno" is the count; "un" and "una" are written out where they are needed.

# The rule by which a number takes a form (numbers.py), and what stands before its decimal places and
# between its thousands.
-numbers = one
    .decimal = { "," }
    .group = { "." }
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
number-21 = veintiuno
number-22 = veintidós
number-23 = veintitrés
number-24 = veinticuatro
number-25 = veinticinco
number-26 = veintiséis
number-27 = veintisiete
number-28 = veintiocho
number-29 = veintinueve
number-30 = treinta
number-31 = treinta y uno
number-32 = treinta y dos
number-33 = treinta y tres
number-34 = treinta y cuatro
number-35 = treinta y cinco
number-36 = treinta y seis
number-37 = treinta y siete
number-38 = treinta y ocho
number-39 = treinta y nueve
number-40 = cuarenta
number-41 = cuarenta y uno
number-42 = cuarenta y dos
number-43 = cuarenta y tres
number-44 = cuarenta y cuatro
number-45 = cuarenta y cinco
number-46 = cuarenta y seis
number-47 = cuarenta y siete
number-48 = cuarenta y ocho
number-49 = cuarenta y nueve
number-50 = cincuenta
number-51 = cincuenta y uno
number-52 = cincuenta y dos
number-53 = cincuenta y tres
number-54 = cincuenta y cuatro
number-55 = cincuenta y cinco
number-56 = cincuenta y seis
number-57 = cincuenta y siete
number-58 = cincuenta y ocho
number-59 = cincuenta y nueve
number-60 = sesenta
number-90 = noventa

## Parts of other phrases

# The end of a list: "un lápiz, una banda y una silla". $first is all but the last.
# Before the sound of i, "y" becomes "e": "aguja e hilo", but "agua y hielo".
and =
    { BEGINS($last, "h?[ií](?![aeoáéó])") ->
        [yes] { $first } e { $last }
       *[no] { $first } y { $last }
    }
# What is done in this order: "una vez, después dos veces".
then = { $first }, después { $last }
# $limb is a word of the routine. Of the usual ones the gender is known ("pierna derecha"); for any
# other "espalda, lado derecho" is right. A routine may write it out: limb: {right: ..., left: ...}.
side-name =
    { $limb ->
        [side]
            { $side ->
                [left] lado izquierdo
               *[right] lado derecho
            }
       *[other]
            { BEGINS($limb, "(pierna|rodilla|mano|cadera|pantorrilla|muñeca|nalga)( de apoyo)?$") ->
                [yes]
                    { $side ->
                        [left] { $limb } izquierda
                       *[right] { $limb } derecha
                    }
               *[no]
                    { BEGINS($limb, "(pie|brazo|antebrazo|hombro|codo|tobillo|talón|muslo|glúteo|puño|ojo)( de apoyo)?$") ->
                        [yes]
                            { $side ->
                                [left] { $limb } izquierdo
                               *[right] { $limb } derecho
                            }
                       *[no]
                            { $side ->
                                [left] { $limb }, lado izquierdo
                               *[right] { $limb }, lado derecho
                            }
                    }
            }
    }
count-minutes =
    { $minutes ->
        [one] un minuto
        [21] veintiún minutos
        [31] treinta y un minutos
        [41] cuarenta y un minutos
        [51] cincuenta y un minutos
       *[other] { WORDS($minutes) } minutos
    }
count-seconds =
    { $seconds ->
        [one] un segundo
        [21] veintiún segundos
        [31] treinta y un segundos
        [41] cuarenta y un segundos
        [51] cincuenta y un segundos
       *[other] { WORDS($seconds) } segundos
    }
count-exercises =
    { $exercises ->
        [one] un ejercicio
        [21] veintiún ejercicios
        [31] treinta y un ejercicios
       *[other] { WORDS($exercises) } ejercicios
    }
# How often: "diez veces".
count-reps =
    { $reps ->
        [one] una vez
        [21] veintiuna veces
        [31] treinta y una veces
        [41] cuarenta y una veces
        [51] cincuenta y una veces
       *[other] { WORDS($reps) } veces
    }
# How often, after a number of three or more: "tres veces, después cuatro", "después una vez".
count-next =
    { $reps ->
        [one] una vez
        [21] veintiuna
        [31] treinta y una
        [41] cuarenta y una
        [51] cincuenta y una
       *[other] { WORDS($reps) }
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

welcome-hello = Hola. La sesión de hoy: { $title }.
    .b = Te damos la bienvenida a esta sesión: { $title }.
    .c = Qué bien que estés aquí. Hoy toca: { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about =
    { $minutes ->
        [one] Un minuto, más o menos, { count-exercises }.
       *[other] Unos { count-minutes }, { count-exercises }.
    }
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Según tu elección: sin { $names }.
welcome-rounds =
    Según tu elección: { $count ->
        [one] una vuelta
        [21] veintiuna vueltas
        [31] treinta y una vueltas
       *[other] { WORDS($count) } vueltas
    }.
welcome-level-beginner = Según tu elección: nivel inicial.
welcome-level-intermediate = Según tu elección: nivel intermedio.
welcome-level-advanced = Según tu elección: nivel avanzado.
welcome-sides-right = Según tu elección: solo el lado derecho.
welcome-sides-left = Según tu elección: solo el lado izquierdo.
welcome-sides-both = Según tu elección: los dos lados.
welcome-sets =
    Según tu elección: { $count ->
        [one] una serie
        [21] veintiuna series
        [31] treinta y una series
       *[other] { WORDS($count) } series
    } de cada ejercicio.
welcome-reps =
    Según tu elección: { $count ->
        [one] una repetición
        [21] veintiuna repeticiones
        [31] treinta y una repeticiones
        [41] cuarenta y una repeticiones
        [51] cincuenta y una repeticiones
       *[other] { WORDS($count) } repeticiones
    } en cada serie.
# $things lists equipment: "un lápiz y una banda elástica".
welcome-need = Necesitas { $things }.
welcome-fetch = Asegúrate de que todo esté listo.
welcome-safety =
    .a = Si algo te duele o te mareas, detente.
    .b = Respira con calma todo el tiempo.
welcome-begin = Empecemos.
    .b = Vamos allá.
    .c = Comenzamos.

## Around an exercise

exercise-title = Ejercicio { WORDS($number) } de { WORDS($total) }: { $name }.
    .b = Ahora, ejercicio { WORDS($number) }: { $name }.
    .c = Pasamos al ejercicio { WORDS($number) }: { $name }.
    .d = Vamos con el ejercicio { WORDS($number) }: { $name }.
exercise-only = { $name }.
exercise-again = Otra vez: { $name }.
    .b = Una vez más: { $name }.
exercise-round = Vuelta { WORDS($number) } de { WORDS($total) }.
# The same where there is no room for more.
exercise-round-brief = Vuelta { WORDS($number) }.
exercise-next-round = Próxima vuelta: { WORDS($number) } de { WORDS($total) }.
    .b = Llega la vuelta { WORDS($number) } de { WORDS($total) }.
# A group without a name, as it begins.
exercise-rounds =
    { $total ->
        [21] veintiuna vueltas
        [31] treinta y una vueltas
       *[other] { WORDS($total) } vueltas
    }.
exercise-rounds-of =
    { $rounds ->
        [21] veintiuna vueltas
        [31] treinta y una vueltas
       *[other] { WORDS($rounds) } vueltas
    } de { $count ->
        [21] veintiún
        [31] treinta y un
       *[other] { WORDS($count) }
    } ejercicios seguidos.
# «peldaño dos de cinco»
round-named = { $name } { WORDS($number) } de { WORDS($total) }
# The same where there is no room for more: "rung two".
round-named-brief = { $name } { WORDS($number) }
exercise-next = Ahora viene: { $name }.
    .b = Después: { $name }.
    .c = Lo siguiente: { $name }.
# The same where orders follow that are not for now, and no room to say that of each.
exercise-next-later = Cuando sigamos: { $name }.
# The same behind the name of its round, behind which nobody may think that it comes after that.
exercise-first = Empezamos con: { $name }.
    .b = Se empieza con: { $name }.
# In a long rest, what is new at a station of the round that comes later: "… row: 16 kilos."
exercise-later = Más tarde, { $name }: { $dose }
# Before a circuit by the clock; "listen" if its exercises are told beforehand.
exercise-ahead =
    Ahora vienen { $count ->
        [21] veintiún
        [31] treinta y un
       *[other] { WORDS($count) }
    } ejercicios seguidos.
exercise-ahead-listen = Por ahora, solo escucha lo que viene después.
# One of those that are told beforehand, where not all of them are.
exercise-ahead-number = Ejercicio { WORDS($number) }: { $name }.
exercise-ahead-begin = Y ahora, el primero.
# After an exercise, in plain words.
exercise-over = Terminado: { $name }.
    .b = Ya está: { $name }.
    .c = Hecho: { $name }.
exercise-easier = Si te cuesta:
exercise-harder = Si te parece fácil:
# Something has to be done first that may take any time: the player can be paused.
task-pause = Ponme en pausa hasta que lo tengas todo.
    .b = Tómate el tiempo que necesites. Ponme en pausa, y sigue cuando quieras.
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Tómate tu tiempo.
    .b = Con calma. Seguimos en un momento.
    .c = Sigo aquí. Seguimos en un momento.
# The same where one waits in a position that tires: held up, or on hands and knees.
exercise-orient-tired = Descansa como quieras hasta que sigamos.
exercise-orient-on-hands = Si quieres, siéntate sobre los talones, y vuelve cuando sigamos.
# After an exercise: says that it is over, and now and then which.
exercise-done =
    .a = Muy bien. Terminado: { $name }.
    .b = Buen trabajo. Este ya está hecho.
    .c = Terminado: { $name }. Has llegado hasta el final.
    .d = Bien. Otro ejercicio hecho.
    .e = Bien hecho.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Ahora incorpórate y siéntate.
position-standing = Ahora ponte de pie, sin prisa.
position-sitting-on-chair = Ahora siéntate en una silla.
# The same as a session begins: many sit when they start one.
position-first-sitting-on-chair = Siéntate en una silla, si no lo has hecho ya.
position-sitting-on-floor = Ahora siéntate en el suelo.
position-kneeling = Ahora ponte de rodillas.
position-on-hands-and-knees = Ahora ponte a gatas.
position-lying-on-back = Ahora acuéstate boca arriba.
position-lying-on-front = Ahora acuéstate boca abajo.
position-lying-on-side = Ahora acuéstate de lado.
# From one way of lying to another, and up to the knees from the floor.
position-turn-lying-on-back = Ahora gírate boca arriba.
position-turn-lying-on-front = Ahora gírate boca abajo.
position-turn-lying-on-side = Ahora gírate de lado.
position-turn-over = Date la vuelta, si hace falta.
position-up-kneeling = Ahora incorpórate y ponte de rodillas.
position-timed-standing = Ahora ponte de pie.
# The same in a short rest, where there is no time for more.
position-brief-sit-up = siéntate.
position-brief-standing = ponte de pie.
position-brief-sitting-on-chair = siéntate en una silla.
position-brief-sitting-on-floor = siéntate en el suelo.
position-brief-kneeling = ponte de rodillas.
position-brief-on-hands-and-knees = ponte a gatas.
position-brief-lying-on-back = acuéstate boca arriba.
position-brief-lying-on-front = acuéstate boca abajo.
position-brief-lying-on-side = acuéstate de lado.
position-brief-turn-lying-on-back = gírate boca arriba.
position-brief-turn-lying-on-front = gírate boca abajo.
position-brief-turn-lying-on-side = gírate de lado.
position-brief-turn-over = date la vuelta, si hace falta.
position-brief-up-kneeling = ponte de rodillas.
# The same in a rest too short even for that.
position-least-sit-up = Siéntate.
position-least-standing = De pie.
position-least-sitting-on-chair = En una silla.
position-least-sitting-on-floor = Al suelo.
position-least-kneeling = De rodillas.
position-least-on-hands-and-knees = A gatas.
position-least-lying-on-back = Boca arriba.
position-least-lying-on-front = Boca abajo.
position-least-lying-on-side = De lado.
position-least-turn-lying-on-back = Boca arriba.
position-least-turn-lying-on-front = Boca abajo.
position-least-turn-lying-on-side = De lado.
position-least-turn-over = Date la vuelta.
position-least-up-kneeling = De rodillas.
# How one is for a station of which one hears beforehand: no request, as nobody moves yet.
position-there-standing = De pie.
position-there-sitting-on-chair = En una silla.
position-there-sitting-on-floor = En el suelo.
position-there-kneeling = De rodillas.
position-there-on-hands-and-knees = A gatas.
position-there-lying-on-back = Boca arriba.
position-there-lying-on-front = Boca abajo.
position-there-lying-on-side = De lado.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps = { $often }.
dose-reps-until = { $often }, en { $seconds }.
dose-reps-hold =
    { $reps ->
        [one] una vez, aguantando { $seconds }.
       *[other] { $often }, aguantando { $seconds }.
    }
# $first and $second are ways to do it: "en el sentido de las agujas del reloj".
dose-reps-each = { $often } { $first }, después { $often } { $second }.
# The same where how often is a list: "tres veces, después dos".
dose-reps-both = { $often }, tanto { $first } como { $second }.
dose-reps-each-of = { $often } de cada forma: { $variants }.
dose-hold = se mantiene durante { $seconds }.
dose-work = durante { $seconds }.
dose-bouts =
    { $sets ->
        [21] veintiuna veces, { $seconds } cada una.
        [31] treinta y una veces, { $seconds } cada una.
       *[other] { WORDS($sets) } veces, { $seconds } cada una.
    }
dose-bouts-rest =
    { $sets ->
        [21] veintiuna veces, { $seconds } cada una, con descansos.
        [31] treinta y una veces, { $seconds } cada una, con descansos.
       *[other] { WORDS($sets) } veces, { $seconds } cada una, con descansos.
    }
# How what differs from set to set is told: "Load, set by set: 2 kilos, then 4 kilos."
dose-each-set = serie por serie
# Where it differs by round, or by what its group calls one: "rung".
dose-each-round = vuelta a vuelta
dose-each-named = { $name } a { $name }
# $dose is another in each round; $each is one of the above.
dose-by-each = { $each }: { $dose }
# $variants are ways to do it, in their order.
dose-variants = De cada una de estas formas, una tras otra: { $variants }.
# A set begins so often; $seconds is never one minute.
dose-every = cada { $seconds }: { $often }.
dose-every-minute = cada minuto: { $often }.
# The same of one set, which has so long ("sesenta segundos"): others come before the next one.
dose-within = { $often }, en { $seconds }.
# $often is "una vez" or "diez veces", $seconds a length: in a short rest, what is another.
dose-brief = { $often }, { $seconds }.
dose-brief-time = { $seconds }.
# $dose is one of the sentences above, of one side, or of what comes next.
dose-of-side = { $side }: { $dose }
dose-then = después { $dose }
# The word of the format for no load, wherever $load or $loads has it.
dose-load-none = ninguna
dose-load =
    { BEGINS($load, ".*carga") ->
        [yes] { $load }.
       *[no] Carga: { $load }.
    }
dose-loads =
    { BEGINS($loads, ".*carga") ->
        [yes] { $each }: { $loads }.
       *[no] Carga, { $each }: { $loads }.
    }
# Where the load is the same in several sets, rounds or bouts in a row.
dose-load-from-set = Desde la serie { WORDS($number) }: { $load }.
dose-load-from-round = Desde la vuelta { WORDS($number) }: { $load }.
dose-load-from-bout = Desde el número { WORDS($number) }: { $load }.
# The same by the name its group gives a round.
dose-load-from-named = { $name } { WORDS($number) } y siguientes: { $load }.
# The same where it is another in that one only.
dose-load-in-set = En la serie { WORDS($number) }: { $load }.
dose-load-in-round = En la vuelta { WORDS($number) }: { $load }.
dose-load-in-bout = Número { WORDS($number) }: { $load }.
dose-load-in-named = { $name } { WORDS($number) }: { $load }.
dose-load-side = { $side }: { $load }.
dose-sets =
    { $sets ->
        [one] Una serie.
        [21] Veintiuna series.
        [31] Treinta y una series.
       *[other] { WORDS($sets) } series.
    }
dose-side-then-side = Primero: { $first }. Después, lo mismo: { $second }.
dose-bouts-side-then-side = Primero: { $first }. Después: { $second }.
dose-side-only = Solo un lado: { $side }.
dose-alternating = Alterna derecha e izquierda, las mismas veces cada lado. Primero: { $side }.
dose-alternating-once = Una vez por cada lado. Primero: { $side }.
dose-seconds =
    { $number ->
        [one] un segundo
        [1.5] un segundo y medio
        [21] veintiún segundos
        [31] treinta y un segundos
        [41] cuarenta y un segundos
        [51] cincuenta y un segundos
       *[other] { WORDS($number) } segundos
    }
dose-breaths =
    { $number ->
        [one] una respiración
        [21] veintiuna respiraciones
        [31] treinta y una respiraciones
        [41] cuarenta y una respiraciones
        [51] cincuenta y una respiraciones
       *[other] { WORDS($number) } respiraciones
    }
dose-minutes =
    { $number ->
        [1.5] un minuto y medio
        [2.5] dos minutos y medio
        [one] un minuto
        [21] veintiún minutos
        [31] treinta y un minutos
        [41] cuarenta y un minutos
        [51] cincuenta y un minutos
       *[other] { WORDS($number) } minutos
    }

## Cues: short, most of them on a beat

cue-ready = Prepárate.
cue-ready-side = Prepárate: { $side }.
# The same after a long telling: $name is that of the exercise.
cue-ready-name = { $name }: prepárate.
cue-ready-name-side = { $name }, { $side }: prepárate.
# What the next set begins with: a side.
cue-start-with = Primero: { $what }.
    .b = Para empezar: { $what }.
# What follows: another dose, or the next of several ways to do it.
cue-then = Después: { $what }.
# What follows while what is done may still go on: $what is position-brief.
cue-when-done = Cuando termines: { $what }.
cue-go = Ya
cue-hold = Mantén
# The same where nothing before it had the time to tell that it is longer now, or shorter.
cue-hold-for = Mantén { $seconds }.
cue-act = Ahora
cue-release = Suelta
# The same where the next variant is held in the same position.
cue-stay = Y quédate así.
    .b = Mantente así.
# The same of a position that one was led into, where the routine does not say how to leave it.
cue-leave = Y deshaz la postura.
cue-stop = Y listo.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Baja
cue-lift = Sube
cue-pause = Mantén
cue-halfway = Llevas la mitad.
    .b = Vas por la mitad.
    .c = Queda la mitad.
# Half of the reps are done. It stands beside movements, so nobody may hear in it how far to go.
cue-reps-halfway = Ya llevas la mitad.
    .b = Llevas la mitad.
    .c = Ya has hecho la mitad.
cue-seconds-left =
    { $seconds ->
        [one] queda { count-seconds }
       *[other] quedan { count-seconds }
    }
    .b =
        { $seconds ->
            [one] te queda { count-seconds }
           *[other] te quedan { count-seconds }
        }
    .c =
        { $seconds ->
            [one] falta { count-seconds }
           *[other] faltan { count-seconds }
        }
cue-minutes-left =
    { $minutes ->
        [one] queda { count-minutes }
       *[other] quedan { count-minutes }
    }
    .b =
        { $minutes ->
            [one] te queda { count-minutes }
           *[other] te quedan { count-minutes }
        }
    .c =
        { $minutes ->
            [one] falta { count-minutes }
           *[other] faltan { count-minutes }
        }
cue-minutes-seconds-left =
    { $minutes ->
        [one] queda { count-minutes } y { count-seconds }
       *[other] quedan { count-minutes } y { count-seconds }
    }
# What fills a long time: true of any exercise, a hold, a run, or ice on a knee.
cue-remark =
    .a = Sigue respirando con calma.
    .b = Afloja la mandíbula y los hombros.
    .c = Sigue así, tal cual.
    .d = Yo controlo el tiempo.
    .e = Yo te aviso cuando termine.
    .f = Fíjate en lo que notas.
    .g = Una respiración tras otra.
    .h = Relaja la cara.
# The same with a load, in an effort at one's own pace or where one holds oneself up: nothing that
# would let go, and nothing of what one is doing, which may be resting already.
cue-remark-effort =
    .a = Sigue respirando con calma.
    .b = Una respiración tras otra.
    .c = Yo controlo el tiempo.
    .d = Yo te aviso cuando se acabe el tiempo.
# In a long rest, before a sentence on how the next exercise is done.
cue-rest-recall = Cuando sigamos:
# The same before what has to be done by then: a set-up.
cue-rest-before = Antes de seguir:
# What fills a long rest.
cue-rest-remark =
    .a = Deja que la respiración se calme.
    .b = Deja caer los hombros.
    .c = Bebe un sorbo de agua, si quieres.
    .d = Yo controlo el tiempo.
    .e = Sacude los brazos, si quieres.
    .f = Fíjate en cómo te sientes.
# In the last third of an effort: no praise, nothing is done yet.
cue-encourage =
    .a = Ya casi está.
    .b = Falta poco.
    .c = Lo más largo ya ha pasado.
    .d = Así, hasta el final.
# Behind "Last one.", at the end of many reps.
cue-encourage-rep =
    .a = Que salga bien.
    .b = Tan bien como la primera.
    .c = Con calma y control.
    .d = Y con esa terminas.
# Announces a rep.
cue-number = Número { WORDS($number) }.
# The first word of a rep with its number. $what is a word of the routine: "Lower, two."
cue-number-with = { $what }, { WORDS($number) }.
# The same behind it, where the number alone could be a second.
cue-number-behind = { $what }, número { WORDS($number) }.
cue-number-next = Ahora viene: número { WORDS($number) } de { WORDS($total) }.
    .b = Después: número { WORDS($number) } de { WORDS($total) }.
# In place of the whole announcement where a set begins at once.
cue-set-of = Serie { WORDS($number) } de { WORDS($total) }.
cue-two-more = Quedan dos.
    .b = Te quedan dos.
    .c = Faltan dos.
cue-last-one = La última.
    .b = Queda una.
    .c = Falta una.
# The same where the sides take turns: of both of them.
cue-two-pairs = Quedan dos por lado.
    .b = Faltan dos por lado.
    .c = Quedan dos pares.
cue-last-pair = La última por lado.
    .b = Queda una por lado.
    .c = Último par.
# The same in the fewest words with the side: "last one" alone would leave open whose turn it is.
cue-last-of-side =
    { $side ->
        [left] Última izquierda.
       *[right] Última derecha.
    }
cue-last-set = Ahora viene la última serie.
    .b = Después, la última serie.
# In a breathing exercise: half of the time has gone.
cue-half-over = Ya ha pasado la mitad.
    .b = Estás a mitad de camino.
# Paces breaths in a long hold. $left is how many are left with the one that begins, 0 if untold.
cue-breath-in =
    { $left ->
        [0] Inhala
        [1] Inhala, la última
        [21] Inhala, quedan veintiuna
        [31] Inhala, quedan treinta y una
       *[other] Inhala, quedan { WORDS($left) }
    }.
cue-breath-in-one-more = Inhala, queda una respiración.
cue-breath-out = Exhala.
cue-rest = Descanso.
cue-rest-seconds = Descanso: { $seconds }.
    .b = Descansa, { $seconds }.
    .c = Pausa: { $seconds }.
cue-set-next = Ahora viene: serie { WORDS($number) } de { WORDS($total) }.
    .b = Después: serie { WORDS($number) } de { WORDS($total) }.
cue-bout-next = Ahora viene: número { WORDS($number) } de { WORDS($total) }.
    .b = Después: número { WORDS($number) } de { WORDS($total) }.
    .c = Lo siguiente: número { WORDS($number) } de { WORDS($total) }.
cue-last-bout-next = Ahora viene la última.
    .b = Después, la última.
cue-rep-side = { $side }.
# The same of a rep in which that side moves later: its name alone would be an order.
cue-turn-of-side = Esta vez: { $side }.
# The same where there is no room for a long name.
cue-rep-other-side = Otro lado.
# In place of both where there is time for one word only.
cue-side-only =
    { $side ->
        [left] Izquierda.
       *[right] Derecha.
    }
cue-switch = Cambia de lado: { $side }.
    .b = Ahora, el otro lado: { $side }.
    .c = Toca cambiar: { $side }.
# The same where the other side is tiring to wait in, and only later led into.
cue-switch-rest = Pausa breve. Después: { $side }.
# $variant is a way to do it: "en el sentido de las agujas del reloj".
cue-other = Ahora: { $variant }.
cue-variant = { $variant }.

## The close

# $exercises is at least two.
close-done = Este era el último de { count-exercises }.
    .b = Has hecho { count-exercises }.
    .c = { count-exercises }, del primero al último.
# Inside a long pause at the end, after which nothing follows.
close-orient =
    .a = Tómate tu tiempo.
    .b = Sin prisa.
close-settle = Quédate en calma, y fíjate en cómo te sientes.
    .b = Respira un momento, y fíjate en cómo te sientes.
close-goodbye = Aquí acaba la sesión. Hasta la próxima.
    .b = Eso es todo por hoy. Cuídate.
    .c = Adiós, y cuídate.
close-times =
    { $times ->
        [one] una vez
       *[other] { WORDS($times) } veces
    }
close-per-day = { $name }, por separado: { close-times } al día.
close-per-week = { $name }, por separado: { close-times } a la semana.
close-session-per-day = Haz esta sesión { close-times } al día.
close-session-per-week = Haz esta sesión { close-times } a la semana.
# $every comes from the routine: "dos o tres días".
close-every = Haz esta sesión cada { $every }.
close-exercise-every = { $name }, por separado: cada { $every }.

## Respuestas del mando: se dicen cuando alguien pregunta. $time y $whole son tiempos («dos minutos»).

remote-over = La sesión ha terminado. Di: empezar, para volver a empezar.
remote-paused = En pausa. Di: seguir, cuando quieras.
remote-last = Esta es la última parte.
remote-no-rest = Ahora no hay descanso.
remote-left = Tiempo restante: { $time }.
# $name es el ejercicio en el que se está.
remote-left-here = { $name }: { $time } más. En total: { $whole }.
remote-coming = A continuación: { $name }.
remote-part = Esto es: { $name }.
remote-which = Ejercicio { WORDS($number) } de { WORDS($count) }: { $name }.
remote-not-begun = Todavía no ha empezado.
remote-done = Ya está hecho.
remote-more-time = { $time } más.
remote-one-more = Una más después de esta.
# $count is two or more.
remote-more =
    { $count ->
        [21] Veintiuna
        [31] Treinta y una
        [41] Cuarenta y una
        [51] Cincuenta y una
       *[other] { WORDS($count) }
    } más después de esta.
remote-last-rep = Esta es la última.
remote-slower = Más despacio a partir de aquí.
remote-faster = Más rápido a partir de aquí.
remote-slowest = Más despacio no se puede.
remote-fastest = Más rápido no se puede.
remote-fewer = Lo prescrito no cambia. Puedes decir: pausa, más despacio o siguiente ejercicio.

## Lo que además responde un asistente. $name es una rutina o un ejercicio, $time una duración.

assistant-nothing = Ahora no hay ninguna sesión.
assistant-unknown = No he entendido: { $words }.
assistant-too-short = { $name }: dura como mínimo { $time }.
assistant-too-long = { $name }: dura como máximo { $time }.
assistant-in-few-words = Con pocas palabras cabría.
assistant-would-fit = Cabría: { $name }.
assistant-leave-out = Cabría sin: { $name }.
assistant-alone = Por sí solo cabría: { $name }.
assistant-moment = Un momento, lo estoy preparando.
assistant-failed = Aquí no se puede preparar.
assistant-whole = Aquí puedes pedir la sesión completa, que dura { $time }.
assistant-help = Puedes decir: siguiente ejercicio, repite este ejercicio, cuánto falta, más despacio, pausa o para.
assistant-stopped-at = La última vez lo dejaste en: { $name }. Para continuar ahí, di: sigue.

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
# $what is what is done with the $side, or in so many rounds ("2 rounds").
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
chime-bell = campana
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

## El comentario del archivo: se lee en los reproductores.

comment-source = Fuente: { $name }.
comment-voice = Voz: { $name }.
comment-licence = Licencia de la voz: { $name }.
comment-flags = Ajustes: { $name }.

## La página que reproduce la sesión: se lee en pantalla y la leen los lectores de pantalla. Los tiempos son «1:22».

page-player = Reproductor
page-play = Reproducir { $title }
page-pause = Pausa
page-previous = Ejercicio anterior
page-next = Ejercicio siguiente
page-back = Retroceder 10 segundos
page-forward = Avanzar 10 segundos
page-repeat = Repetir este ejercicio
page-loop = Repetir siempre este ejercicio
page-stop = Parar después de este ejercicio
page-in = (en { $time })
page-link = Enlace a este ejercicio
page-exercises = Ejercicios
page-words = Lo que vas a oír
page-follow = Seguir la voz
page-number = Ejercicio { $number } de { $count }
page-coming = A continuación: { $title }
page-here = quedan { $time } aquí
page-left = quedan { $time } en total
page-last = Esta es la última parte.
page-done = La sesión ha terminado.
page-nowhere = Este enlace no lleva a ningún punto de esta sesión.
page-trouble = Este navegador no puede reproducir el sonido. Abre la página en otro o reproduce el MP3.
page-noscript = El reproductor necesita JavaScript. Todo lo que oirías está escrito más abajo.
page-keys-title = Teclas
page-keys = Cuando un botón del reproductor tiene el foco: K reproduce y pausa, N pasa al ejercicio siguiente, P al anterior, R lo repite, L lo repite siempre, y las flechas retroceden o avanzan 10 segundos.
page-made = Hecho con audiocoach. Esta página no pide nada a internet; el punto en que estabas solo se guarda en este navegador.

## Las páginas de un servidor: las rutinas para elegir y la página que espera una sesión.

library-title = Sesiones
library-lead = Elige cómo se guía y después una rutina. La dirección de esta página guarda tu elección: puedes compartirla.
library-settings = Cómo se guía
library-language = Idioma
library-voice = Voz
library-voice-best = La mejor que hay
library-pace = Ritmo
library-pace-slow = Lento
library-pace-normal = Normal
library-pace-brisk = Ágil
library-coaching = Cuánto se explica
library-coaching-full = Todo
library-coaching-brief = Brevemente
library-coaching-minimal = Casi nada
library-coaching-fade = Cada vez menos
library-bed = Debajo de la voz
library-bed-off = Nada
library-bed-rain = Lluvia
library-bed-brook = Un arroyo
library-bed-drone = Un tono grave
library-duration = Duración
library-duration-own = La de la rutina
library-duration-natural = Lo que haga falta
library-apply = Aplicar
library-routines = Rutinas
# $time es "12 min".
library-about = unos { $time }
library-minutes = { $figure } min
library-start = Reproducir
library-file = Descargar { $title } en MP3
library-mp3 = MP3
library-broken = Este archivo no se puede usar:
library-feed = Canal de pódcast
library-feed-about = Sesiones de ejercicio guiadas, con la duración exacta que se pida.
library-feed-how = Copia esta dirección en una aplicación de pódcast que descargue por sí misma, como AntennaPod. Desactiva «omitir silencios»: las pausas son parte del ejercicio.
library-phone = Abrir esta página en el móvil
library-phone-how = Apunta aquí con la cámara. El móvil debe estar en la misma red.
library-made = Servido por audiocoach. Estas páginas no piden nada a internet.
library-back = Todas las sesiones

waiting-title = Se está creando { $title }
waiting-why = Esta sesión se crea por primera vez. La próxima vez estará lista al momento.
waiting-turn = Espera su turno.
waiting-speaking = La voz está hablando.
waiting-linking = Se está montando la sesión.
# Junto a una barra: cuánto está hecho.
waiting-done = { $done } de { $count }
waiting-again = Sin JavaScript, vuelve a cargar esta página dentro de un rato.
waiting-failed = Esta sesión no se puede crear

# Notes. $words are those that are not heard, or heard faster; $place is a kind from above.
note-left-out = se omite «{ $words }»: no cabe en «{ $place }» ({ $length })
note-beside = { $note } junto a «{ $words }»
note-matters = { $note }, que es más importante
note-line = línea { FIGURE($line) }: { $note }
note-hurried = «{ $words }» dura { FIGURE($natural, minimumFractionDigits: 2) } s y se dice { FIGURE($factor, minimumFractionDigits: 2) } veces más rápido para que quepa en su tiempo

## Voices of this language. What each is for: see en.ftl.

voice-espeak = es
voice-piper =
    es_ES-carlfm-x_low: Spanish speaker, 28 MB, public domain
    es_ES-davefx-medium: Spanish man, 63 MB, CC0, fine-tuned from lessac: unsettled
voice-lead = La palabra siguiente es

## A limb that is only this has no name of its own. Not spoken.

words-side = lado

## Words by which a breathing exercise is known: how its phases begin. Not spoken.

words-breath = inhala exhala inspira espira inhalar exhalar zumba silba suspira sopla
# How words for breath and breathing begin, and for empty lungs.
words-breathing = respira inhala exhala pranayama kapalabhati vacío
