/** Languages in Latin letters that are told apart by their most frequent small words. */
export type LatinLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl';

/** Small words of each language, folded (lower case, no accents): articles, pronouns, prepositions, auxiliaries, question words. */
export const FUNCTION_WORDS: Readonly<Record<LatinLanguage, ReadonlySet<string>>> = {
  en: words(`the a an and or of to in on at by for from with about is are was were be been am do does did have has had
    can could will would should may might must i you he she it we they me him her us them my your his its our their this
    that these those there here who whom whose what which where when why how not no yes if then than as so but all any
    some more most many much into over after before between during under while because please tell give show list get use
    say says said happen happened need make made take call called name`),
  de: words(`der die das den dem des ein eine einen einem einer eines und oder aber nicht kein keine ist sind war waren
    wird werden wurde wurden hat haben hatte hatten kann koennen konnte muss soll darf ich du er sie es wir ihr mich mir
    dich dir ihn ihm uns euch mein meine sein seine ihre unser wer wen wem wessen was welche welcher welches welchen wo in
    wohin woher wann warum wieso weshalb wie wieviel viele viel im am zum zur vom von mit bei nach aus auf fur uber unter
    vor hinter zwischen durch gegen ohne um an auch noch nur schon sehr mehr als wenn dass weil damit bitte gibt gab mach
    macht heisst lange hoch ueber fuer`),
  fr: words(`le la les l un une des du de d et ou mais ne pas n est sont etait etaient sera a ont avait ete etre avoir
    fait peut peuvent doit je j tu il elle on nous vous ils elles me m te t se s lui leur leurs mon ma mes ton ta tes son
    sa ses notre nos votre vos ce c cet cette ces qui que qu quoi quel quelle quels quelles ou quand pourquoi comment
    combien dans sur sous avec sans pour par chez vers entre apres avant pendant depuis au aux en y plus moins tres aussi
    si comme parce donc est-ce quelqu puis-je peux sont-ils a-t-il svp`),
  es: words(`el la los las un una unos unas y e o u pero no es son era eran fue fueron sera ha han habia ser estar esta
    estan hay tiene tienen puede pueden puedo debe yo tu usted el ella nosotros ustedes ellos ellas me te se le les lo nos
    mi mis tus su sus nuestro este estos estas ese esa eso aquel quien quienes que cual cuales donde cuando por porque
    como cuanto cuantos cuanta cuantas en de del al con sin para sobre entre desde hasta hacia tras durante mas menos muy
    tambien si llama hizo dijo`),
  it: words(`il lo la i gli le un uno una e o ma non e sono era erano fu ha hanno aveva essere avere puo possono deve io
    tu lui lei noi voi loro mi ti si ci vi mio mia tuo tua suo sua nostro questo questa questi queste quello quella chi
    che cosa quale quali dove quando perche come quanto quanti quante in nel nella nei nelle di del della dei delle dello
    da dal dalla a al alla ai alle con su sul sulla per tra fra senza dopo prima piu meno molto anche se c'e dov'e qual`),
  pt: words(`o a os as um uma uns umas e ou mas nao e sao era eram foi foram sera tem tinha ha ser estar esta estao pode
    podem posso deve eu tu voce ele ela nos eles elas me te se lhe meu minha seu sua seus suas nosso este esta estes isto
    esse essa isso aquele quem que qual quais onde quando por porque como quanto quantos quanta quantas em no na nos nas
    de do da dos das ao aos pelo pela com sem para sobre entre desde ate mais menos muito tambem`),
  nl: words(`de het een en of maar niet geen is zijn was waren wordt worden werd heeft hebben had kan kunnen moet mag ik
    jij je u hij zij ze wij we jullie mij hem haar ons hun mijn jouw uw deze dit die dat wie wat welke waar wanneer waarom
    hoe hoeveel in op aan bij van voor met naar uit over onder door tegen zonder om te ook nog al zeer meer als dan`),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/));
}
