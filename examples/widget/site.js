// Calls made before the chat is there wait for it.
window.ibid ||= [];

for (const button of document.querySelectorAll('.ask')) {
  button.addEventListener('click', () => window.ibid.push(['ask', button.textContent]));
}

// What happens in the chat can be counted, or shown elsewhere.
document.addEventListener('ibid:answer', ({ detail }) => {
  const { status, citations } = detail.answer;
  const text = status === 'answered' ? `Answered, with quotes: ${citations.length}.` : 'Not in the handbook.';
  document.querySelector('#last').textContent = text;
});
