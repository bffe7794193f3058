### What audiocoach itself says in English, in Project Fluent (projectfluent.org).
###
### Every message must be in every language, with the same variables; one that is missing
### is an error that names it. Write what a good coach would say, and read it aloud: what is
### said on a beat has less than a second.
###
### Numbers are filled in as words by { WORDS($reps) } and choose a form:
### { $reps -> [one] ... *[other] ... }, or [1] and [2] for those alone.
### The names of exercises, sides and things come from the routine as they stand there, in
### the nominative: build sentences in which that is right, if need be with a colon.
### A message begins with a small letter if it also stands inside others.

## Numbers. Each one there is a message for is said as a word, any other written in digits.

number-0 = zero
number-1 = one
number-2 = two
number-3 = three
number-4 = four
number-5 = five
number-6 = six
number-7 = seven
number-8 = eight
number-9 = nine
number-10 = ten
number-11 = eleven
number-12 = twelve
number-13 = thirteen
number-14 = fourteen
number-15 = fifteen
number-16 = sixteen
number-17 = seventeen
number-18 = eighteen
number-19 = nineteen
number-20 = twenty
number-30 = thirty
number-40 = forty
number-50 = fifty
number-60 = sixty
number-90 = ninety

## Parts of other phrases

# The end of a list: "a pencil, a band and a chair". $first is all but the last.
and = { $first } and { $last }
# A side of the body. $side is right or left; $limb a word of the routine in the nominative
# (foot, leg), or "side" where the routine names none.
side-name =
    { $side ->
        [left] left { $limb }
       *[right] right { $limb }
    }
count-minutes =
    { $minutes ->
        [one] one minute
       *[other] { WORDS($minutes) } minutes
    }
count-exercises =
    { $exercises ->
        [one] one exercise
       *[other] { WORDS($exercises) } exercises
    }

## What the loudness of a voice is measured on: plain coaching, long enough to be typical.

calibration =
    .a = Stand tall, with your feet hip-width apart, and your knees slightly bent.
    .b = Hold it there, and breathe easily.
    .c = One. Two. Three. Four. Five.
    .d = Release. Number two. Halfway. Last one.

## Names of parts of the session, in the list of chapters and on sheets; not spoken.

section-welcome = Welcome
section-close = Close
section-round = Round { $number } of { $total }
marker-set = set { $number } of { $total }
marker-rep = rep { $number } of { $total }
marker-rest = rest

## The welcome

welcome-hello = Welcome to { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about = About { count-minutes }, { count-exercises }.
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Changed by you: without { $names }.
welcome-rounds =
    Changed by you: { $count ->
        [one] one round
       *[other] { WORDS($count) } rounds
    }.
welcome-level-beginner = Changed by you: the level for beginners.
welcome-level-intermediate = Changed by you: the intermediate level.
welcome-level-advanced = Changed by you: the advanced level.
welcome-sides-right = Changed by you: only the right side.
welcome-sides-left = Changed by you: only the left side.
welcome-sides-both = Changed by you: both sides.
welcome-sets =
    Changed by you: { $count ->
        [one] one set
       *[other] { WORDS($count) } sets
    } of each exercise.
welcome-reps =
    Changed by you: { $count ->
        [one] one rep
       *[other] { WORDS($count) } reps
    } in each set.
# $things lists equipment: "a pencil and an exercise band".
welcome-need = You need { $things }.
welcome-fetch =
    { $count ->
        [one] Have it at hand.
       *[other] Have them at hand.
    }
welcome-safety =
    .a = Stop if anything hurts, or if you feel dizzy.
    .b = Breathe easily throughout.
welcome-begin = Let's begin.

## Around an exercise

exercise-title = Exercise { WORDS($number) } of { WORDS($total) }: { $name }.
exercise-only = { $name }.
exercise-again = { $name } again.
exercise-round = Round { WORDS($number) } of { WORDS($total) }.
exercise-next-round = Next is round { WORDS($number) } of { WORDS($total) }.
exercise-next = Next is { $name }.
# Before a circuit by the clock, all exercises of which are told beforehand.
exercise-ahead = There are { WORDS($count) } exercises, by the clock. Listen first.
exercise-ahead-begin = Now we begin.
# After an exercise, in plain words.
exercise-over = That was { $name }.
exercise-easier = If this is too hard:
exercise-harder = If this is too easy:
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Take your time.
    .b = No hurry. We go on in a moment.
    .c = Still here. Move when you are ready.
# After an exercise: says that it is over, and which.
exercise-done =
    .a = Well done, that was { $name }.
    .b = Steady work, that was { $name }.
    .c = Nicely done, that was { $name }.
    .d = Good, that was { $name }.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Please sit up now.
position-standing = Please stand up now, without hurry.
position-sitting-on-chair = Please sit down on a chair now.
position-sitting-on-floor = Please sit down on the floor now.
position-kneeling = Please kneel down now.
position-on-hands-and-knees = Please come onto your hands and knees now.
position-lying-on-back = Please lie down on your back now.
position-lying-on-front = Please lie down on your front now.
position-lying-on-side = Please lie down on your side now.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps =
    { $reps ->
        [one] Once.
       *[other] { WORDS($reps) } times.
    }
dose-reps-hold =
    { $reps ->
        [one] Once, and hold for { $seconds }.
       *[other] { WORDS($reps) } times, and hold each time for { $seconds }.
    }
# $first and $second are ways to do it: "clockwise", "the other way".
dose-reps-each =
    { $reps ->
        [one] Once { $first }, then once { $second }.
       *[other] { WORDS($reps) } times { $first }, then { WORDS($reps) } times { $second }.
    }
dose-hold = Hold for { $seconds }.
dose-work = For { $seconds }.
dose-bouts = { WORDS($sets) } times, { $seconds } each.
dose-bouts-rest = { WORDS($sets) } times, { $seconds } each, with a rest in between.
# $seconds is a list of lengths: "twenty seconds and thirty seconds".
dose-works = For { $seconds }, one after the other.
# A set begins so often; $seconds is never one of anything ("sixty seconds").
dose-every =
    { $reps ->
        [one] Once, and again every { $seconds }.
       *[other] { WORDS($reps) } times, and again every { $seconds }.
    }
dose-sets = { WORDS($sets) } sets.
dose-side-then-side = First with the { $first }, then as many with the { $second }.
dose-bouts-side-then-side = First the { $first }, then the { $second }.
dose-side-only = Only the { $side }.
dose-alternating = With each side, right and left by turns, starting with the { $side }.
dose-seconds =
    { $number ->
        [one] one second
       *[other] { WORDS($number) } seconds
    }
dose-minutes =
    { $number ->
        [one] one minute
       *[other] { WORDS($number) } minutes
    }

## Cues: short, most of them on a beat

cue-ready = Ready.
cue-ready-side = Ready with the { $side }.
# What the next set begins with: a side.
cue-start-with = Then the { $what }.
cue-go = Go
cue-hold = Hold
cue-act = Now
cue-release = Release
cue-stop = And stop.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Lower
cue-lift = Lift
cue-pause = Hold
cue-halfway = Halfway.
cue-seconds-left =
    { $seconds ->
        [one] one second
       *[other] { WORDS($seconds) } seconds
    }
cue-minutes-left = { count-minutes } to go
cue-minutes-seconds-left = { count-minutes } { WORDS($seconds) } to go
# Announces a rep.
cue-number = Number { WORDS($number) }.
cue-number-next = Number { WORDS($number) } of { WORDS($total) } is next.
# In place of the whole announcement where a set begins at once.
cue-set-of = { WORDS($number) } of { WORDS($total) }.
cue-two-more = Two more.
cue-last-one = Last one.
cue-last-set = Last set is next.
cue-rest = Rest.
cue-rest-seconds = Rest, { $seconds }.
cue-set-next = Set { WORDS($number) } of { WORDS($total) } is next.
# $action is the word on which it begins: "Walk".
cue-bout-next = { $action } { WORDS($number) } of { WORDS($total) } is next.
cue-last-bout-next = The last one is next.
cue-rep-side = { $side }.
cue-switch = Now change to the { $side }.
# $variant is a way to do it: "clockwise", "the other way".
cue-other = Now { $variant }.
cue-variant = { $variant }.

## The close

close-done = That was the last exercise. Well done.
close-settle = Stay still for a moment, and breathe easily.
close-goodbye = That's all. Goodbye.
close-times =
    { $times ->
        [1] once
        [2] twice
       *[other] { WORDS($times) } times
    }
close-per-day = { $name }: { close-times } a day.
close-per-week = { $name }: { close-times } a week.
close-session-per-day = Do this session { close-times } a day.
close-session-per-week = Do this session { close-times } a week.
# $every comes from the routine: "two to three days".
close-every = Do this session every { $every }.
close-exercise-every = { $name }: every { $every }.

## Voices of this language, spelt as their engines do.

# The clearest of eSpeak.
voice-espeak = en-us
# Those of Piper worth adding, the best first; who it is stands there in English.
voice-piper =
    en_US-lessac-medium: American woman
    en_US-ryan-medium: American man
    en_GB-cori-medium: British woman
    en_GB-alan-medium: British man
# A neural voice says a word alone badly. It says this, a colon and the word, and the word is cut
# out at the pause: so no other pause in it.
voice-lead = The next word is
