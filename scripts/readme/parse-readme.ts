/** A command line that a README tells its reader to type, and what it says the answer is. */
export interface ReadmeCommand {
  readonly command: string;
  /** Printed below it in a `console` block; empty elsewhere. */
  readonly printed: string;
}

/** The commands of a Markdown text's `sh` and `console` blocks, in order. */
export function parseReadme(markdown: string): ReadmeCommand[] {
  return [...markdown.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, language, content = '']) => {
    if (language === 'sh') return commandsOfScript(content);
    if (language === 'console') return commandsOfSession(content);
    return [];
  });
}

/** Each line is a command; `#` after spaces begins a comment, `\` at the end goes on in the next line. */
function commandsOfScript(script: string): ReadmeCommand[] {
  return joinLines(script)
    .split('\n')
    .map((line) => line.replace(/(?:^|\s+)#\s.*$/, '').trim())
    .filter((command) => command !== '')
    .map((command) => ({ command, printed: '' }));
}

/** A command stands after `$ `; what follows until the next one is its output. */
function commandsOfSession(session: string): ReadmeCommand[] {
  return joinLines(session)
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const [command = '', ...output] = part.split('\n');
      return { command, printed: output.join('\n').trim() };
    });
}

function joinLines(text: string): string {
  return text.replace(/\s*\\\n\s*/g, ' ');
}
