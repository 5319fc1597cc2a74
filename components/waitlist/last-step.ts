/** What is left to do for whoever asked to wait from an address that nobody has confirmed. */
export function sayLastStep(sendsMail: boolean): { title: string; text: string } {
  return sendsMail
    ? {
        title: 'One more step: press the link in our e-mail',
        text: 'We have written to you. Nothing is offered before you press the link.',
      }
    : {
        title: 'One more step: call us',
        text: 'We have your request, but this site cannot send you an e-mail yet. Call us, and we put you on the list.',
      };
}
