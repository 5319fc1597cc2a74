/** The screens on which journeys are walked, in pixels of CSS. */
export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1280, height: 800 },
};
