export { SignInPage } from './sign-in';
