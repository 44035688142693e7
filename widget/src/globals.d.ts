declare module "*.css" {
  const text: string;
  export default text;
}

/** The app's file name, put in by the build. */
declare const APP: string;
