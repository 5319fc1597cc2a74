/**
 * `reach`: 'call 01 555 0142'.
 *
 * What is left to do for whoever asked to wait from an address that nobody has confirmed. */
export function describeConfirmStep(sendsMail: boolean, reach: string): { title: string; text: string } {
  return sendsMail
    ? {
        title: 'One more step: press the link in our e-mail',
        text: 'We have written to you. Nothing is offered before you press the link.',
      }
    : {
        title: 'One more step: talk to us',
        text: `We have your request. This site sends no e-mail yet, so we put you on the list when we have talked: please ${reach}, or we call you.`,
      };
}
