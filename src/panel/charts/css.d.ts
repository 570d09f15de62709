/** A library's sheet as text: the bundler puts it in, and it becomes a constructed sheet. */
declare module '*.css' {
  const text: string;
  export default text;
}
