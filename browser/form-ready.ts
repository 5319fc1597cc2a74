/** The event on the document that says: the framework sends this page's forms from now on (components/action-form.tsx). */
export const FORM_READY = 'form-ready';
