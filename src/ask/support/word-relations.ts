import { stemmer } from 'stemmer';
import { IRREGULAR_FORMS } from '../irregular-forms.ts';

/** Words that may stand for each other in most sentences, as stems are made of them: one group a line. */
const SYNONYMS = `begin start commence open launch outset
end finish conclude close terminate
found establish create form institute
make produce manufacture build construct
big large huge great vast sizable
small little tiny minor
kill die dead death deaths slay casualty fatality
flee escape defect leave depart exit
defect defection turncoat
help assist aid support
buy purchase acquire
sell vend
show display demonstrate indicate reveal
say tell state remark note comment mention report announce declare
think believe consider regard view feel
call name term describe label dub
ask request query
answer reply respond response
question query
need require
necessary require mandatory compulsory
use employ utilise utilize usage
get obtain receive gain acquire
give provide supply offer grant
keep retain store save hold preserve
remove delete erase drop
change alter modify amend adjust
replace substitute
choose select pick
allow permit let enable
refuse decline reject
stop halt cease
prevent avoid
try attempt
want wish desire
urge press call appeal
warn caution
lead head direct run
leader head chief
commander command
fight battle combat
war conflict
attack assault strike
win victory triumph
lose defeat loss
live reside dwell
house home residence
job post position role office
minister ministry
work operate function
job task
method approach technique way
part portion section piece
place location site
country nation state
city town
people person citizen population
child kid
man male
woman female
buy purchase
increase rise grow growth gain climb
decrease fall decline drop reduce shrink lower
important significant major key crucial
serious severe grave
difficult hard tough
easy simple
quick fast rapid speedy
slow gradual
new recent novel
old former previous past ex
former previous ex earlier
early initial
last final
near close nearby adjacent
send dispatch
arrive reach
travel journey trip
go travel head
return come
meet encounter
meeting conference gathering summit
speak talk
interview conversation
agree accept consent
envoy representative delegate
proposal propose suggest
plan scheme
rule govern
government regime administration authority
law legislation
film movie picture
book novel
song track single
write author pen
writer author
release publish issue
appear feature
star feature
play portray
actor actress
doctor physician
illness disease sickness
car automobile vehicle
ship vessel boat
plane aircraft airplane
road street
area region zone
border frontier
folder directory
file document
text wording
quote quotation citation
error fault mistake
machine computer
program application software
licence license
owner proprietor
default standard
index catalogue
whole entire complete full
nearly almost
often frequently
rarely seldom
usually generally normally typically
enough sufficient
rebel insurgent
protester demonstrator
protest demonstration
dangerous perilous risky hazardous
danger risk
insignificant unimportant trivial
elite crack
ally friend
father dad parent
mother mum mom parent
wife spouse
husband spouse
marry wed
born birth
violence force
revolt uprising rebellion revolution
jail imprison
freedom liberty
independence independent
weapon arms
troops soldiers forces
accord agreement
damage harm
ruin destroy
repair fix mend
paper newspaper
daily day
yearly annual annually year
confirm verify
check verify inspect
exact precise
language tongue
nearest closest
remember recall
store keep
separate distinct own
various several different
many numerous
divide split
setback blow
secret covert
agent operative
locate situate
contain hold include comprise
consist comprise
cover include
mean signify
originate come derive
discover find
search look seek
trip visit
teach instruct
learn study
teacher instructor
pupil student
complete finish
attempt try
goal aim objective purpose
cause reason
result outcome consequence effect
happen occur
own possess have
join enter
quit resign
appoint name
succeed follow
impose place
demand insist
hope aspiration
halt stop
restrict limit
join unite
honour honor
colour color
centre center
defence defense
organisation organization
recognise recognize
programme program
neighbour neighbor
behaviour behavior`;

/** Words that exclude each other where one stands for the other. Converse ones (father and son) do not. */
const ANTONYMS = `increase decrease
increase fall
rise fall
grow shrink
gain lose
win lose
victory defeat
more less
more fewer
most least
majority minority
first last
before after
early late
earlier later
earliest latest
north south
east west
northern southern
eastern western
northeast southwest
northwest southeast
left right
above below
over under
upper lower
high low
higher lower
highest lowest
large small
larger smaller
largest smallest
big small
bigger smaller
long short
longer shorter
longest shortest
old new
old young
older younger
older newer
oldest youngest
oldest newest
fast slow
faster slower
hot cold
warm cold
strong weak
stronger weaker
rich poor
open close
begin end
start stop
start end
accept reject
accept refuse
allow forbid
allow prohibit
support oppose
friend enemy
ally enemy
love hate
male female
father mother
son daughter
brother sister
husband wife
king queen
public private
legal illegal
true false
right wrong
possible impossible
success failure
succeed fail
pass fail
include exclude
import export
buy sell
lend borrow
send receive
lead follow
arrive depart
arrive leave
enter leave
join leave
inside outside
internal external
domestic foreign
national international
positive negative
advantage disadvantage
maximum minimum
inner outer
day night
morning evening
summer winter
spring autumn
always never
often rarely
everything nothing
everyone nobody
full empty
add remove
create destroy
build destroy
attack defend
guilty innocent
alive dead
live die
peace war
democratic authoritarian
voluntary compulsory
optional mandatory
optional required
permanent temporary
simple complex
easy difficult
safe dangerous
cheap expensive
rural urban
modern ancient
encourage discourage
improve worsen
better worse
best worst
praise criticise
praise criticize
welcome condemn
deny confirm
approve reject
wet dry
liquid solid
heavy light
wide narrow
deep shallow
thick thin
major minor
vertical horizontal
active passive
liberal conservative
civilian military
encrypt decrypt
upload download
significant insignificant
loyal disloyal
united divided
expand contract
raise lower
push pull
visible hidden
weekday weekend
monthly weekly
daily weekly
weekly yearly
annual monthly`;

const NEGATING = new Set(['un', 'in', 'im', 'ir', 'il', 'dis', 'non']);
const synonyms = new Map<string, Set<number>>();
SYNONYMS.split('\n').forEach((line, group) => {
  for (const word of line.split(' ')) {
    const stem = stemOf(word);
    synonyms.set(stem, (synonyms.get(stem) ?? new Set()).add(group));
  }
});
const antonyms = new Set(
  ANTONYMS.split('\n').flatMap((line) => {
    const [one = '', other = ''] = line.split(' ').map(stemOf);
    return [`${one} ${other}`, `${other} ${one}`];
  }),
);

/** Whether two stems may stand for each other: synonyms, or forms of one root ("president", "presidency"). */
export function areAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const [first, second] = [synonyms.get(one), synonyms.get(other)];
  if (first !== undefined && second !== undefined && [...first].some((group) => second.has(group)))
    return true;
  return shareRoot(one, other);
}

/** Whether two stems exclude each other. */
export function areOpposed(one: string, other: string): boolean {
  return antonyms.has(`${one} ${other}`) || isNegatedForm(one, other) || isNegatedForm(other, one);
}

/** "changed" and "unchanged", "true" and "untrue", as stems. */
function isNegatedForm(negated: string, plain: string): boolean {
  const root = plain.replace(/e$/, '');
  const at = negated.replace(/e$/, '').length - root.length;
  if (at < 2 || at > 3 || plain.length < 4 || !negated.startsWith(root, at)) return false;
  return NEGATING.has(negated.slice(0, at));
}

function shareRoot(one: string, other: string): boolean {
  const shorter = Math.min(one.length, other.length);
  if (shorter < 5 || !/^[a-z]+$/.test(one) || !/^[a-z]+$/.test(other)) return false;
  let common = 0;
  while (common < shorter && one[common] === other[common]) common += 1;
  return common >= 5 && common >= shorter - 1 && Math.max(one.length, other.length) - common <= 4;
}

function stemOf(word: string): string {
  return stemmer(IRREGULAR_FORMS.get(word) ?? word);
}
