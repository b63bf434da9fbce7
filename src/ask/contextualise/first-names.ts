import { setOf } from './word-classes.ts';

/** First names that in English text nearly always belong to men. */
export const MALE_NAMES = setOf(`
  aaron abdul abdullah abraham adam adolf adrian ahmad ahmed alan albert alejandro alexander alfred ali allen alvin amir
  andre andrew angelo anthony antonio anton arnold arthur barack bashar ben benedict benjamin bernard bill billy bob bobby
  boris brad brandon brian bruce bryan carl carlos charles charlie chester christian christopher chuck clark claude clint
  clive colin craig dan daniel dave david dean dennis diego dmitri donald douglas duncan dwight earl eddie edgar edmund
  eduardo edward edwin elijah elvis emil emmanuel eric ernest ethan eugene evan felix fernando fidel francis francisco
  françois frank franklin franz fred frederick friedrich gabriel gary gavin geoff geoffrey george gerald giovanni giuseppe
  glenn gordon graham greg gregory guillermo gustav guy hamid hans harold harry harvey hassan hector heinrich henri henry
  herbert herman howard hugh hugo ian ibrahim igor isaac ismail ivan jack jacob jacques jake james jason javier jean jeff
  jeffrey jeremy jerome jerry jesse jesus jim jimmy joe joel johann johannes john johnny jonathan jorge jose joseph joshua
  juan julian julius justin karl keith ken kenneth kenny kevin khaled kofi kurt kyle larry laurent lawrence lee leo leon
  leonard leonardo leroy lewis liam lionel lloyd louis lucas ludwig luigi luis luke malcolm manuel marc marcel marcus mario
  mark martin marvin matthew maurice max maxwell michael miguel mike mikhail milton mohamed mohammad mohammed morris moses
  muhammad mustafa nathan neil nelson nicholas nicolas nigel nikita nikolai noah norman oliver omar orson oscar osama oswald
  otto owen pablo patrick paul pedro percy peter phil philip phillip pierre ralph ramon randy raphael raul ray raymond
  reginald ricardo richard rick rob robert roberto rodney roger roland roman ronald ross roy rupert russell ryan saddam
  salvador sam samuel scott sean sebastian sergei sergio seth simon stanley stefan stephen steve steven stuart ted terry
  theodore thomas tim timothy tobias toby todd tom tommy tony trevor tyler ulrich umberto vernon victor vincent vladimir
  wallace walt walter warren wayne werner wilfred wilhelm will william willie winston wolfgang woodrow yasser yuri zachary`);

/** First names that in English text nearly always belong to women. */
export const FEMALE_NAMES = setOf(`
  abigail ada adele agatha agnes aisha alexandra alice alicia alison amanda amelia amy ana anastasia andrea angela angelina
  anita ann anna annabel anne annette annie antonia aretha ashley astrid audrey barbara beatrice bella benazir bernadette
  bertha beth betty beverly bianca brenda bridget britney brooke camilla carla carmen carol caroline carolyn catherine
  cecilia celine charlotte cher cheryl chloe christina christine cindy claire clara claudia cleopatra constance cynthia
  daisy daniella daphne deborah debra denise diana diane dolly dolores donna doris dorothy edith eileen elaine eleanor
  elena elisabeth eliza elizabeth ella ellen elsa emily emma enya erica erin esther ethel eva evelyn fatima fiona flora
  florence frances francesca frida gabriela geraldine gertrude gina gladys gloria grace greta gwendolyn hannah harriet
  hazel heather heidi helen helena helga henrietta hilary hilda hillary holly ida ines ingrid irene iris isabel isabella
  ivy jacqueline jane janet janice jasmine jeanne jennifer jenny jessica jill joan joanna josephine joyce juanita judith
  judy julia juliet julie june karen kate katherine kathleen kathryn katie katrina kimberly kirsten kylie lana laura
  lauren leila lena leslie lily linda lisa liz lois lorraine louise lucia lucille lucy lydia mabel madeleine madonna
  margaret maria marianne marie marilyn marina marion marjorie marlene martha mary matilda maureen megan melanie melinda
  melissa mercedes meryl mia michelle mildred miranda miriam molly mona monica muriel nadia nancy naomi natalia natalie
  natasha nellie nicole nina nora norma olga olivia oprah pamela patricia paula pauline peggy penelope phoebe phyllis
  priscilla queenie rachel rebecca regina rita roberta rosa rosalind rose rosemary ruby ruth sabrina sally samantha sandra
  sara sarah serena sharon sheila shirley sofia sonia sophia sophie stella stephanie sue susan susanna suzanne sylvia tara
  tatiana teresa thelma theresa tina ursula valentina valerie vanessa vera veronica victoria virginia vivian wanda wendy
  whitney wilhelmina wilma winifred winnie yoko yolanda yvonne zelda zoe`);
