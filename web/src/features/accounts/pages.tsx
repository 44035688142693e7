/** What the router loads when somebody is not signed in. */
export { ForgotPasswordPage } from "./ForgotPasswordPage";
export { JoinPage } from "./JoinPage";
export { ResetPasswordPage } from "./ResetPasswordPage";
export { SignInPage } from "./SignInPage";
export { WelcomePage } from "./WelcomePage";
