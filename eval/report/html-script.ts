/** The report's only script: shows the cases that fit the chosen verdicts, tag, change and words. */
export const SCRIPT = `
const cases = [...document.querySelectorAll('.case')];
const form = document.querySelector('#filters');
const shown = document.querySelector('#shown');
function apply() {
  const data = new FormData(form);
  const verdicts = new Set(data.getAll('verdict'));
  const tag = data.get('tag');
  const words = String(data.get('words')).toLowerCase().split(/\\s+/).filter(Boolean);
  const changed = data.get('changed') !== null;
  let count = 0;
  for (const item of cases) {
    const fits = (verdicts.size === 0 || verdicts.has(item.dataset.verdict)) &&
      (!tag || item.dataset.tags.includes(' ' + tag + ' ')) &&
      (!changed || item.dataset.change !== '') &&
      words.every((word) => item.dataset.text.includes(word));
    item.hidden = !fits;
    if (fits) count += 1;
  }
  shown.textContent = count + ' of ' + cases.length + ' cases';
}
form.addEventListener('input', apply);
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(apply));
apply();
`;
