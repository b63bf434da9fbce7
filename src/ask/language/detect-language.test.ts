import { describe, expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

describe('The language of a question', () => {
  it.each([
    ['de', ['Wo wohnt er jetzt?', 'Wie viele Tage Urlaub habe ich?', 'Wann begann der Streit in Graz?']],
    ['fr', ['Qui est Manaf Tlas ?', 'Combien de jours ai-je ?', "Qu'est-ce que c'est ?"]],
    ['es', ['¿Dónde vive?', '¿Quién es Manaf Tlas?', 'Como puedo cambiar mi clave']],
    ['it', ['Chi è Manaf Tlas?', 'Come posso cambiare la mia chiave?']],
    ['pt', ['Quem é Manaf Tlas?', 'Como posso mudar a minha senha?']],
    ['nl', ['Waar woont hij nu?', 'Hoeveel dagen heb ik?']],
    ['ar', ['من هو مناف طلاس؟', 'متى بدأ ذلك؟']],
    ['fa', ['این کتاب چیست؟']],
    ['zh', ['每年有多少天年假?', 'Manaf Tlas 是谁?']],
    ['ja', ['休暇は年間何日ありますか?', 'Manaf Tlasとは誰ですか']],
    ['ko', ['휴가는 며칠입니까?']],
    ['ru', ['Кто такой Манаф Тлас?']],
    ['uk', ['Хто це і де він живе?', 'Де її дім?']],
  ])('is told: %s', (language, questions) => {
    for (const question of questions) expect(detectLanguage(question), question).toBe(language);
  });

  it.each([
    'Who is Manaf Tlas?',
    'Where is Dia de los Muertos celebrated?',
    'What type of company is Van Gend en Loos?',
    'Who wrote Les Misérables?',
    'Who directed La vie est belle?',
    'What does the word 是 mean?',
    'who is qui-gon jinn in star wars',
    'When was El País founded in Madrid?',
    'total number of mna in pakistan national assembly',
  ])('is never taken from a name: %s', (question) => {
    expect([undefined, 'en']).toContain(detectLanguage(question));
  });

  it.each(['', '42', 'Manaf Tlas', '!?', 'IBID_DOCUMENTS'])('is open where nothing tells it: %j', (text) =>
    expect(detectLanguage(text)).toBeUndefined(),
  );
});
