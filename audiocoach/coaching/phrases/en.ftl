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
### What is said often has several wordings: that of the message and those of its attributes .b,
### .c and so on. They are said in turn, so each must stand for the others: as short, and true
### wherever they are. All languages have as many.

## Numbers. Each one there is a message for is said as a word, any other written in digits.

# The rule by which a number takes a form (numbers.py), and what stands before its decimal places and
# between its thousands.
-numbers = one
    .decimal = { "." }
    .group = { "," }
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
number-21 = twenty-one
number-22 = twenty-two
number-23 = twenty-three
number-24 = twenty-four
number-25 = twenty-five
number-26 = twenty-six
number-27 = twenty-seven
number-28 = twenty-eight
number-29 = twenty-nine
number-30 = thirty
number-31 = thirty-one
number-32 = thirty-two
number-33 = thirty-three
number-34 = thirty-four
number-35 = thirty-five
number-36 = thirty-six
number-37 = thirty-seven
number-38 = thirty-eight
number-39 = thirty-nine
number-40 = forty
number-41 = forty-one
number-42 = forty-two
number-43 = forty-three
number-44 = forty-four
number-45 = forty-five
number-46 = forty-six
number-47 = forty-seven
number-48 = forty-eight
number-49 = forty-nine
number-50 = fifty
number-51 = fifty-one
number-52 = fifty-two
number-53 = fifty-three
number-54 = fifty-four
number-55 = fifty-five
number-56 = fifty-six
number-57 = fifty-seven
number-58 = fifty-eight
number-59 = fifty-nine
number-60 = sixty
number-90 = ninety

## Parts of other phrases

# The end of a list: "a pencil, a band and a chair". $first is all but the last.
and = { $first } and { $last }
# What is done in this order: "once, then twice".
then = { $first }, then { $last }
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
count-seconds =
    { $seconds ->
        [one] one second
       *[other] { WORDS($seconds) } seconds
    }
count-exercises =
    { $exercises ->
        [one] one exercise
       *[other] { WORDS($exercises) } exercises
    }
# How often: "ten times".
count-reps =
    { $reps ->
        [1] once
        [2] twice
       *[other] { WORDS($reps) } times
    }
# How often, after a number of three or more: "three times, then four", "then once".
count-next =
    { $reps ->
        [1] once
        [2] twice
       *[other] { WORDS($reps) }
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

welcome-hello = Welcome. Today: { $title }.
    .b = Hello. Today: { $title }.
    .c = Good to have you here. Today: { $title }.
welcome-length = { count-minutes }, { count-exercises }.
welcome-length-about = About { count-minutes }, { count-exercises }.
welcome-exercises = { count-exercises }.
# $names lists exercises.
welcome-left-out = Your choice: without { $names }.
welcome-rounds =
    Your choice: { $count ->
        [one] one round
       *[other] { WORDS($count) } rounds
    }.
welcome-level-beginner = Your choice: the level for beginners.
welcome-level-intermediate = Your choice: the intermediate level.
welcome-level-advanced = Your choice: the advanced level.
welcome-sides-right = Your choice: only the right side.
welcome-sides-left = Your choice: only the left side.
welcome-sides-both = Your choice: both sides.
welcome-sets =
    Your choice: { $count ->
        [one] one set
       *[other] { WORDS($count) } sets
    } of each exercise.
welcome-reps =
    Your choice: { $count ->
        [one] one rep
       *[other] { WORDS($count) } reps
    } in each set.
# $things lists equipment: "a pencil and an exercise band".
welcome-need = You need { $things }.
welcome-fetch = Make sure everything is ready.
welcome-safety =
    .a = Stop if anything hurts, or if you feel dizzy.
    .b = Breathe easily throughout.
welcome-begin = Let's begin.
    .b = Let's start.
    .c = Here we go.

## Around an exercise

exercise-title = Exercise { WORDS($number) } of { WORDS($total) }: { $name }.
    .b = Now, exercise { WORDS($number) }: { $name }.
    .c = On to exercise { WORDS($number) }: { $name }.
    .d = Here comes exercise { WORDS($number) }: { $name }.
exercise-only = { $name }.
exercise-again = { $name } again.
    .b = Once more: { $name }.
exercise-round = Round { WORDS($number) } of { WORDS($total) }.
# The same where there is no room for more.
exercise-round-brief = Round { WORDS($number) }.
# Often followed by exercise-next, so it begins in another way.
exercise-next-round = Next round: { WORDS($number) } of { WORDS($total) }.
    .b = Round { WORDS($number) } of { WORDS($total) } is next.
# A group without a name, as it begins.
exercise-rounds = { WORDS($total) } rounds.
exercise-rounds-of = { WORDS($rounds) } rounds of { WORDS($count) } exercises, one after the other.
# A round by the name its group gives it: "rung two of five".
round-named = { $name } { WORDS($number) } of { WORDS($total) }
# The same where there is no room for more: "rung two".
round-named-brief = { $name } { WORDS($number) }
exercise-next = Coming up: { $name }.
    .b = Up next: { $name }.
    .c = And next: { $name }.
# The same where orders follow that are not for now, and no room to say that of each.
exercise-next-later = When we go on: { $name }.
# The same behind the name of its round, behind which nobody may think that it comes after that.
exercise-first = First up: { $name }.
    .b = First exercise: { $name }.
# In a long rest, what is new at a station of the round that comes later: "… row: 16 kilos."
exercise-later = Later, { $name }: { $dose }
# Before a circuit by the clock; "listen" if its exercises are told beforehand.
exercise-ahead = { WORDS($count) } exercises follow, one after the other.
exercise-ahead-listen = For now, just listen to what comes later.
# One of those that are told beforehand, where not all of them are.
exercise-ahead-number = Exercise { WORDS($number) }: { $name }.
exercise-ahead-begin = And now, the first one.
# After an exercise, in plain words.
exercise-over = Finished: { $name }.
    .b = That's finished: { $name }.
    .c = Done: { $name }.
exercise-easier = If this is too hard:
exercise-harder = If this is too easy:
# Something has to be done first that may take any time: the player can be paused.
task-pause = Pause me here until you are ready.
    .b = Take the time you need. Pause me, and go on when you like.
# Said in a long pause, so that nobody thinks the session has ended.
exercise-orient =
    .a = Take your time.
    .b = No hurry. We go on in a moment.
    .c = I'm still here. We go on in a moment.
# The same where one waits in a position that tires: held up, or on hands and knees.
exercise-orient-tired = Rest as you like until we go on.
exercise-orient-on-hands = Sit back on your heels, if you like, and come back when we go on.
# After an exercise: says that it is over, and now and then which.
exercise-done =
    .a = Well done. Finished: { $name }.
    .b = Good work. That one is done.
    .c = Finished: { $name }. You saw it through.
    .d = Good. Another one done.
    .e = Nicely done.

## Changes of position

# From lying to sitting on the floor.
position-sit-up = Now sit up.
position-standing = Now stand up, in your own time.
position-sitting-on-chair = Now sit down on a chair.
# The same as a session begins: many sit when they start one.
position-first-sitting-on-chair = Sit down on a chair, unless you are sitting already.
position-sitting-on-floor = Now sit down on the floor.
position-kneeling = Now kneel down.
position-on-hands-and-knees = Now come onto your hands and knees.
position-lying-on-back = Now lie down on your back.
position-lying-on-front = Now lie down on your front.
position-lying-on-side = Now lie down on your side.
# From one way of lying to another, and up to the knees from the floor.
position-turn-lying-on-back = Now turn onto your back.
position-turn-lying-on-front = Now turn onto your front.
position-turn-lying-on-side = Now turn onto your side.
position-turn-over = Turn over for it, if you need to.
position-up-kneeling = Now come up onto your knees.
# The same by the clock, where there is no time of one's own.
position-timed-standing = Now stand up.
# The same in a short rest, where there is no time for more.
position-brief-sit-up = sit up.
position-brief-standing = stand up.
position-brief-sitting-on-chair = onto a chair.
position-brief-sitting-on-floor = onto the floor.
position-brief-kneeling = kneel.
position-brief-on-hands-and-knees = onto hands and knees.
position-brief-lying-on-back = lie on your back.
position-brief-lying-on-front = lie on your front.
position-brief-lying-on-side = lie on your side.
position-brief-turn-lying-on-back = turn onto your back.
position-brief-turn-lying-on-front = turn onto your front.
position-brief-turn-lying-on-side = turn onto your side.
position-brief-turn-over = turn over for it, if you need to.
position-brief-up-kneeling = come up onto your knees.
# The same in a rest too short even for that.
position-least-sit-up = Sit up.
position-least-standing = Stand up.
position-least-sitting-on-chair = Onto a chair.
position-least-sitting-on-floor = Onto the floor.
position-least-kneeling = Kneel.
position-least-on-hands-and-knees = Hands and knees.
position-least-lying-on-back = On your back.
position-least-lying-on-front = On your front.
position-least-lying-on-side = On your side.
position-least-turn-lying-on-back = Onto your back.
position-least-turn-lying-on-front = Onto your front.
position-least-turn-lying-on-side = Onto your side.
position-least-turn-over = Turn over.
position-least-up-kneeling = Onto your knees.
# How one is for a station of which one hears beforehand: no request, as nobody moves yet.
position-there-standing = Standing.
position-there-sitting-on-chair = On a chair.
position-there-sitting-on-floor = On the floor.
position-there-kneeling = Kneeling.
position-there-on-hands-and-knees = Hands and knees.
position-there-lying-on-back = On your back.
position-there-lying-on-front = On your front.
position-there-lying-on-side = On your side.

## The dose: how many, how long, which sides. $seconds is dose-seconds or dose-minutes.

dose-reps = { $often }.
# As many as fit into a time.
dose-reps-until = { $often }, in { $seconds }.
dose-reps-hold =
    { $reps ->
        [one] once, and hold for { $seconds }.
       *[other] { $often }, and hold each time for { $seconds }.
    }
# $first and $second are ways to do it: "clockwise", "the other way".
dose-reps-each = { $often } { $first }, then { $often } { $second }.
# The same where how often is a list: "three times, then twice".
dose-reps-both = { $often }, both { $first } and { $second }.
# $variants lists three ways to do it, or more.
dose-reps-each-of = { $often } each: { $variants }.
dose-hold = a hold of { $seconds }.
# $seconds may be a list of lengths: "twenty seconds, then thirty seconds".
dose-work = for { $seconds }.
dose-bouts =
    { $sets ->
        [2] twice
       *[other] { WORDS($sets) } times
    }, { $seconds } each.
dose-bouts-rest =
    { $sets ->
        [2] twice
       *[other] { WORDS($sets) } times
    }, { $seconds } each, with rests.
# How what differs from set to set is told: "Load, set by set: 2 kilos, then 4 kilos."
dose-each-set = set by set
# Where it differs by round, or by what its group calls one: "rung".
dose-each-round = round by round
dose-each-named = { $name } by { $name }
# $dose is another in each round; $each is one of the above.
dose-by-each = { $each }: { $dose }
# $variants are ways to do it, in their order.
dose-variants = In each of these ways, one after the other: { $variants }.
# A set begins so often; $seconds is never one minute. $often may be "six times, then eight".
dose-every = every { $seconds }: { $often }.
dose-every-minute = every minute: { $often }.
# The same of one set, which has so long ("sixty seconds"): others come before the next one.
dose-within = { $often }, within { $seconds }.
# $often is "once" or "ten times", $seconds a length: in a short rest, what is another.
dose-brief = { $often }, { $seconds }.
dose-brief-time = { $seconds }.
# $dose is one of the sentences above, of one side, or of what comes next.
dose-of-side = { $side }: { $dose }
dose-then = then { $dose }
# The word of the format for no load, wherever $load or $loads has it.
dose-load-none = none
# What is lifted, pulled or pressed, in words of the routine: "20 kg", "the green band".
# A load that says what it is ("no load") needs no word for it.
dose-load =
    { BEGINS($load, ".*load") ->
        [yes] { $load }.
       *[no] Load: { $load }.
    }
# $loads has one for each set: "none, then 2 kg, then 4 kg".
dose-loads =
    { BEGINS($loads, ".*load") ->
        [yes] { $each }: { $loads }.
       *[no] Load, { $each }: { $loads }.
    }
# Where the load is the same in several sets, rounds or bouts in a row.
dose-load-from-set = From set { WORDS($number) } on: { $load }.
dose-load-from-round = From round { WORDS($number) } on: { $load }.
dose-load-from-bout = From number { WORDS($number) } on: { $load }.
# The same by the name its group gives a round.
dose-load-from-named = From { $name } { WORDS($number) } on: { $load }.
# The same where it is another in that one only.
dose-load-in-set = In set { WORDS($number) }: { $load }.
dose-load-in-round = In round { WORDS($number) }: { $load }.
dose-load-in-bout = Number { WORDS($number) }: { $load }.
dose-load-in-named = { $name } { WORDS($number) }: { $load }.
dose-load-side = { $side }: { $load }.
dose-sets = { WORDS($sets) } sets.
dose-side-then-side = First: { $first }. Then the same number: { $second }.
dose-bouts-side-then-side = First: { $first }. Then: { $second }.
dose-side-only = One side only: { $side }.
dose-alternating = Right and left in turn, the same number on each side. First: { $side }.
# The same of one rep.
dose-alternating-once = Once on each side, in turn. First: { $side }.
dose-seconds =
    { $number ->
        [one] one second
        [1.5] one and a half seconds
       *[other] { WORDS($number) } seconds
    }
# A time that was written in breaths.
dose-breaths =
    { $number ->
        [one] one breath
       *[other] { WORDS($number) } breaths
    }
dose-minutes =
    { $number ->
        [1.5] a minute and a half
        [2.5] two and a half minutes
        [one] one minute
       *[other] { WORDS($number) } minutes
    }

## Cues: short, most of them on a beat

cue-ready = Ready.
cue-ready-side = Ready: { $side }.
# The same after a long telling: $name is that of the exercise.
cue-ready-name = { $name }: ready.
cue-ready-name-side = { $name }: ready, { $side }.
# What the next set begins with: a side.
cue-start-with = First: { $what }.
    .b = Beginning with: { $what }.
# What follows: another dose, or the next of several ways to do it.
cue-then = Then: { $what }.
# What follows while what is done may still go on: $what is position-brief.
cue-when-done = When you have finished: { $what }.
cue-go = Go
cue-hold = Hold
# The same where nothing before it had the time to tell that it is longer now, or shorter.
cue-hold-for = Hold for { $seconds }.
cue-act = Now
cue-release = Release
# The same where the next variant is held in the same position.
cue-stay = And stay.
    .b = Stay there.
# The same of a position that one was led into, where the routine does not say how to leave it.
cue-leave = And come out of it.
cue-stop = And stop.
# The phases of a tempo: down, up, and the pause between.
cue-lower = Lower
cue-lift = Lift
cue-pause = Hold
cue-halfway = Halfway.
    .b = Halfway now.
    .c = Halfway there.
# Half of the reps are done. It stands beside movements, so nobody may hear in it how far to go.
cue-reps-halfway = Half done.
    .b = Half of them done.
    .c = Half are behind you.
cue-seconds-left = { count-seconds }
    .b = { count-seconds } left
    .c = { count-seconds } to go
cue-minutes-left = { count-minutes } to go
    .b = { count-minutes } left
    .c = { count-minutes } remaining
cue-minutes-seconds-left = { count-minutes } and { count-seconds } to go
# What fills a long time: true of any exercise, a hold, a run, or ice on a knee.
cue-remark =
    .a = Keep breathing steadily.
    .b = Let your jaw and shoulders go loose.
    .c = Stay with it, just like this.
    .d = I'm watching the clock for you.
    .e = I'll tell you when it is over.
    .f = Notice what you feel.
    .g = One breath at a time.
    .h = Let your face relax.
# The same with a load, in an effort at one's own pace or where one holds oneself up: nothing that
# would let go, and nothing of what one is doing, which may be resting already.
cue-remark-effort =
    .a = Keep breathing steadily.
    .b = One breath at a time.
    .c = I'm watching the clock for you.
    .d = I'll tell you when the time is up.
# In a long rest, before a sentence on how the next exercise is done.
cue-rest-recall = When we go on:
# The same before what has to be done by then: a set-up.
cue-rest-before = Before we go on:
# What fills a long rest.
cue-rest-remark =
    .a = Let your breath settle.
    .b = Let your shoulders drop.
    .c = Take a sip of water, if you like.
    .d = I'm watching the clock for you.
    .e = Shake out your arms, if you like.
    .f = Notice how you feel.
# In the last third of an effort: no praise, nothing is done yet.
cue-encourage =
    .a = Nearly there.
    .b = Not long now.
    .c = Most of it is behind you.
    .d = Steady to the end.
# Behind "Last one.", at the end of many reps.
cue-encourage-rep =
    .a = Make it a good one.
    .b = As good as the first.
    .c = Keep it smooth.
    .d = And then it's done.
# Announces a rep.
cue-number = Number { WORDS($number) }.
# The first word of a rep with its number. $what is a word of the routine: "Lower, two."
cue-number-with = { $what }, { WORDS($number) }.
# The same behind it, where the number alone could be a second: "Close, number two."
cue-number-behind = { $what }, number { WORDS($number) }.
cue-number-next = Number { WORDS($number) } of { WORDS($total) } is next.
    .b = Coming up: number { WORDS($number) } of { WORDS($total) }.
# In place of the whole announcement where a set begins at once.
cue-set-of = Set { WORDS($number) } of { WORDS($total) }.
cue-two-more = Two to go.
    .b = Just two left.
    .c = Only two to go.
cue-last-one = Last one.
    .b = One to go.
    .c = Final one.
# The same where the sides take turns: of both of them.
cue-two-pairs = Two more each side.
    .b = Two to go each side.
    .c = Two more pairs.
cue-last-pair = Last one on each side.
    .b = One more each side.
    .c = Last pair.
# The same in the fewest words with the side: "last one" alone would leave open whose turn it is.
cue-last-of-side =
    { $side ->
        [left] Last left.
       *[right] Last right.
    }
cue-last-set = Last set is next.
    .b = Coming up: the last set.
# In a breathing exercise: half of the time has gone.
cue-half-over = Half of it is over.
    .b = You are halfway through.
# Paces breaths in a long hold. $left is how many are left with the one that begins, 0 if untold.
cue-breath-in =
    { $left ->
        [0] In
        [1] In, the last one
       *[other] In, { WORDS($left) } more
    }.
# The same of the last one of several, where other breaths follow.
cue-breath-in-one-more = In, one more breath.
cue-breath-out = Out.
cue-rest = Rest.
cue-rest-seconds = Rest, { $seconds }.
    .b = Rest for { $seconds }.
    .c = Take a break, { $seconds }.
cue-set-next = Set { WORDS($number) } of { WORDS($total) } is next.
    .b = Coming up: set { WORDS($number) } of { WORDS($total) }.
cue-bout-next = Number { WORDS($number) } of { WORDS($total) } is next.
    .b = Coming up: number { WORDS($number) } of { WORDS($total) }.
    .c = Next: number { WORDS($number) } of { WORDS($total) }.
cue-last-bout-next = The last one is next.
    .b = Coming up: the last one.
cue-rep-side = { $side }.
# The same of a rep in which that side moves later: its name alone would be an order.
cue-turn-of-side = This time: { $side }.
# The same where there is no room for a long name.
cue-rep-other-side = Other side.
# In place of both where there is time for one word only.
cue-side-only =
    { $side ->
        [left] Left.
       *[right] Right.
    }
cue-switch = Change sides: { $side }.
    .b = Other side now: { $side }.
    .c = Now switch: { $side }.
# The same where the other side is tiring to wait in, and only later led into.
cue-switch-rest = A short rest. Next: { $side }.
# $variant is a way to do it: "clockwise", "the other way".
cue-other = Now { $variant }.
cue-variant = { $variant }.

## The close

# $exercises is at least two.
close-done = That was the last of { count-exercises }.
    .b = All { count-exercises } are done.
    .c = { count-exercises }, from first to last.
# Inside a long pause at the end, after which nothing follows.
close-orient =
    .a = Take your time.
    .b = No hurry.
close-settle = Stay still for a moment, and notice how you feel.
    .b = Take a moment to breathe, and notice how you feel.
close-goodbye = We finish here. Until next time.
    .b = That's all for today. Take care.
    .c = Goodbye, and take care.
close-times =
    { $times ->
        [1] once
        [2] twice
       *[other] { WORDS($times) } times
    }
close-per-day = { $name }, on its own: { close-times } a day.
close-per-week = { $name }, on its own: { close-times } a week.
close-session-per-day = Do this session { close-times } a day.
close-session-per-week = Do this session { close-times } a week.
# $every comes from the routine: "two to three days".
close-every = Do this session every { $every }.
close-exercise-every = { $name }, on its own: every { $every }.

## Answers of the remote: said when the listener asks. $time and $whole are lengths ("two minutes").

remote-over = The session is over. Say: begin, to start again.
remote-paused = Paused. Say: go on, when you are ready.
remote-last = This is the last part.
remote-no-rest = There is no rest at the moment.
remote-left = { $time } to go.
# $name is the exercise one is in.
remote-left-here = { $name }: { $time } to go. In all, { $whole }.
remote-coming = Next: { $name }.
remote-part = This is: { $name }.
remote-which = Exercise { WORDS($number) } of { WORDS($count) }: { $name }.
remote-not-begun = It has not begun yet.
remote-done = That is all of it done.
remote-more-time = { $time } more.
remote-one-more = One more after this.
# $count is two or more.
remote-more = { WORDS($count) } more after this.
remote-last-rep = This is the last one.
remote-slower = Slower from here on.
remote-faster = Faster from here on.
remote-slowest = It can't be told more slowly than this.
remote-fastest = It can't be told faster than this.
remote-fewer = What was prescribed stays as it is. You can say: pause, slower, or next exercise.

## What an assistant answers besides. $name is a routine or an exercise, $time a length.

assistant-nothing = No session is on.
assistant-unknown = I did not understand: { $words }.
assistant-too-short = { $name } takes { $time } or more.
assistant-too-long = { $name } takes { $time } at most.
assistant-in-few-words = In few words it would fit.
assistant-would-fit = { $name } would fit.
assistant-leave-out = It would fit without: { $name }.
assistant-alone = On its own, this would fit: { $name }.
assistant-moment = One moment. I am preparing it.
assistant-failed = That can't be made here.
assistant-whole = Here you can have the whole session, which takes { $time }.
assistant-help = You can say: next exercise, repeat this exercise, how long is left, slower, pause, or stop.
assistant-stopped-at = Last time you stopped at: { $name }. To go on from there, say: go on.

## Sheets: read, not spoken. Numbers stand in figures, { FIGURE($number) }; $time is one with
## its unit ("3 s", "10–15 s"). A message begins with a small letter unless the language has
## a capital there.

figure = { FIGURE($number) }
# $figure is one figure, or two: "10–15".
time-seconds = { $figure } s
time-minutes = { $figure } min
# As the files of routines have it: "500ms", "1.5s".
exact-milliseconds = { FIGURE($number) }ms
exact-seconds = { FIGURE($number) }s
exact-range = { $low }-{ $high }

# What is done.
kind-work = work
kind-hold = hold
kind-phase = phase
kind-rep = rep
kind-rest = rest
kind-count-in = count-in
# The same with its length.
timed-work = work { $time }
timed-hold = hold { $time }
timed-phase = phase { $time }
timed-rep = rep { $time }
timed-rest = rest { $time }
# A length that nobody prescribed, and one that may lie between two.
timed-about = about { $time }
timed-range = prescribed { $time }
done-reps =
    { $count ->
        [one] rep of { $time }
       *[other] { FIGURE($count) } reps of { $time }
    }
done-reps-brief =
    { $count ->
        [one] rep
       *[other] { FIGURE($count) } reps
    }
done-then = then
# $what is what is done with the $side, or in so many rounds ("2 rounds").
done-side = { $side }: { $what }
done-sides = { $first }; { $second }
done-rounds =
    { $count ->
        [one] { FIGURE($count) } round
       *[other] { FIGURE($count) } rounds
    }

# What is waited for.
wait-pause = pause
wait-fetch = fetch what is needed
wait-do = do what was said
wait-move = change position
wait-first = before the first exercise
wait-ready = get ready
wait-exercises = between exercises
wait-sets = between sets
wait-sides = change sides
wait-variants = change direction
wait-settle = stay still

chime-start = start chime
chime-side = side chime
chime-bell = bell
chime-end = end chime

sheet-exercises =
    { $count ->
        [one] { FIGURE($count) } exercise
       *[other] { FIGURE($count) } exercises
    }
sheet-brackets = times in brackets are pauses
# The heads of the columns of two tables.
sheet-exercise = exercise
sheet-begins = begins
sheet-lasts = lasts
sheet-time = time
sheet-said = said
sheet-to-do = to do
# After the name of an exercise that was told in full before.
sheet-as-before = as before
sheet-with-counts = with counts
sheet-notes = Notes
sheet-note = note: { $note }
# $what is one of those above: "change position".
sheet-pause = { $time }: { $what }
sheet-prescribed = prescribed
sheet-prescribed-range = prescribed { $range }
sheet-line = line { FIGURE($line) }

# $extent is the length of the session, and how many exercises it has.
picture-about = The timeline of the session: { $extent }
picture-axis = time from the beginning of each row
# The five of the legend stand in one line: 115 letters are all there is room for.
picture-work = work or hold, as prescribed
picture-free = movement, about this long
picture-rest = rest
picture-pause = pause, or time to get into place
picture-voice = the voice speaks

## The comment in a file: read in players.

comment-source = Source: { $name }.
comment-voice = Voice: { $name }.
comment-licence = Licence of the voice: { $name }.
comment-flags = Settings: { $name }.

## The player page: read on a screen, and aloud by screen readers. Times are "1:22".

page-player = Player
page-play = Play { $title }
page-pause = Pause
page-previous = Previous exercise
page-next = Next exercise
page-back = Back 10 seconds
page-forward = Forward 10 seconds
page-repeat = Repeat this exercise
page-loop = Keep repeating this exercise
page-stop = Stop after this exercise
# Stands behind the one above: when that will be.
page-in = (in { $time })
page-link = Link to this exercise
page-exercises = Exercises
page-words = What you will hear
page-follow = Follow the voice
page-number = Exercise { $number } of { $count }
page-coming = Next: { $title }
# What is left of the exercise, and of the session.
page-here = { $time } left here
page-left = { $time } left in all
page-last = This is the last part.
page-done = The session is over.
page-nowhere = This link leads to no place in this session.
page-trouble = This browser can’t play the sound. Open the page in another one, or play the MP3.
page-noscript = The player needs JavaScript. All that you would hear is written below.
page-keys-title = Keys
page-keys = While a button of the player has the focus: K plays and pauses, N is the next exercise, P the previous one, R repeats, L keeps repeating, and the arrow keys go 10 seconds back or forward.
page-made = Made with audiocoach. This page asks nothing of the internet; your place is kept in this browser only.

## The pages of a server: a library of routines, and the one that waits for a session.

library-title = Sessions
library-lead = Choose how it should be told, then a routine. The address of this page keeps your choice, so you can pass it on.
library-settings = How it is told
library-language = Language
library-voice = Voice
library-voice-best = The best there is
library-pace = Pace
library-pace-slow = Slow
library-pace-normal = Normal
library-pace-brisk = Brisk
library-coaching = How much is told
library-coaching-full = Everything
library-coaching-brief = Briefly
library-coaching-minimal = Hardly anything
library-coaching-fade = Less and less
library-bed = Under the voice
library-bed-off = Nothing
library-bed-rain = Rain
library-bed-brook = A brook
library-bed-drone = A low tone
library-duration = Length
library-duration-own = The routine’s own
library-duration-natural = As long as it takes
library-apply = Apply
library-routines = Routines
# $time is "about 12 min", or "20 min".
library-about = about { $time }
library-minutes = { $figure } min
library-start = Play
library-file = Download { $title } as MP3
library-mp3 = MP3
library-broken = This file can’t be used:
library-feed = Podcast feed
library-feed-about = Guided exercise sessions, exactly as long as asked for.
library-feed-how = Copy this address into a podcast app that fetches by itself, such as AntennaPod. Switch off “skip silence”: the pauses are part of the exercise.
library-phone = Open this page on your phone
library-phone-how = Point its camera here. Your phone must be in the same network.
library-made = Served by audiocoach. These pages ask nothing of the internet.
library-back = All sessions

waiting-title = { $title } is being made
waiting-why = This session is made for the first time. Next time it is there at once.
waiting-turn = It waits for its turn.
waiting-speaking = The voice is speaking.
waiting-linking = The session is being put together.
# Beside a bar: how much is done.
waiting-done = { $done } of { $count }
waiting-again = Without JavaScript, load this page again in a while.
waiting-failed = This session can’t be made

# Notes. $words are those that are not heard, or heard faster; $place is a kind from above.
note-left-out = { QUOTED($words) } is left out: { $place } of { $length } has no room for it
note-beside = { $note } beside { QUOTED($words) }
note-matters = { $note }, which matters more
note-line = line { FIGURE($line) }: { $note }
note-hurried = { QUOTED($words) } lasts { FIGURE($natural, minimumFractionDigits: 2) } s and is spoken { FIGURE($factor, minimumFractionDigits: 2) } times as fast to fit its beat

## Voices of this language, spelt as their engines do.

# The clearest of eSpeak.
voice-espeak = en-us
# Those of Piper worth adding, those without a doubt first: who it is, its size and its licence, in
# English.
voice-piper =
    en_US-ljspeech-medium: American woman, 63 MB, public domain
    en_US-norman-medium: American man, 63 MB, public domain
    en_GB-cori-medium: British woman, 63 MB, public domain
# A neural voice says a word alone badly. It says this, a colon and the word, and the word is cut
# out at the pause: so no other pause in it.
voice-lead = The next word is

## A limb that is only this has no name of its own. Not spoken.

words-side = side

## Words by which a breathing exercise is known: how its phases begin. Not spoken.

words-breath = in out inhale exhale breathe hum hiss sigh blow
# How words for breath and breathing begin, and for empty lungs.
words-breathing = breath inhal exhal pranayama kapalabhati empty
