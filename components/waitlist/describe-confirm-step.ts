/** The step that is left for a client whose e-mail address nobody has confirmed yet. `reach`: 'call 01 555 0142'. */
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
