export function SignInPage() {
  return null;
}
export function JoinPage() {
  return null;
}
export function ForgotPasswordPage() {
  return null;
}
export function ResetPasswordPage() {
  return null;
}
export function WelcomePage() {
  return null;
}
