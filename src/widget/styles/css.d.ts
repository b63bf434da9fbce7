/** The build hands the text of a style sheet over, minified. */
declare module '*.css' {
  const text: string;
  export default text;
}
