// Slack's names for common emoji. A name that is not here is shown as it was typed, as Slack does.

const PAIRS = `
smile 😄|grinning 😀|smiley 😃|grin 😁|laughing 😆|joy 😂|rolling_on_the_floor_laughing 🤣|blush 😊|slightly_smiling_face 🙂
wink 😉|relaxed ☺️|relieved 😌|heart_eyes 😍|star-struck 🤩|sunglasses 😎|thinking_face 🤔|neutral_face 😐|confused 😕
slightly_frowning_face 🙁|white_frowning_face ☹️|disappointed 😞|worried 😟|cry 😢|sob 😭|angry 😠|rage 😡|sweat_smile 😅
sleeping 😴|hugging_face 🤗|partying_face 🥳|face_with_rolling_eyes 🙄|zipper_mouth_face 🤐|innocent 😇|pleading_face 🥺
+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|raised_hands 🙌|pray 🙏|wave 👋|ok_hand 👌|handshake 🤝|muscle 💪|point_right 👉
point_left 👈|point_up 👆|point_down 👇|raised_hand ✋|writing_hand ✍️|eyes 👀|ear 👂|speech_balloon 💬|left_speech_bubble 🗨️
thought_balloon 💭|heart ❤️|green_heart 💚|blue_heart 💙|yellow_heart 💛|orange_heart 🧡|purple_heart 💜|broken_heart 💔
sparkling_heart 💖|sparkles ✨|star ⭐|star2 🌟|dizzy 💫|fire 🔥|tada 🎉|confetti_ball 🎊|balloon 🎈|gift 🎁|birthday 🎂|cake 🍰
bouquet 💐|rose 🌹|tulip 🌷|seedling 🌱|four_leaf_clover 🍀|sunflower 🌻|sunny ☀️|partly_sunny ⛅|cloud ☁️|rain_cloud 🌧️
rainbow 🌈|snowflake ❄️|coffee ☕|tea 🍵|cookie 🍪|pizza 🍕|apple 🍎|chocolate_bar 🍫|trophy 🏆|medal 🏅|first_place_medal 🥇
dart 🎯|checkered_flag 🏁|white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|no_entry ⛔
no_entry_sign 🚫|exclamation ❗|question ❓|bangbang ‼️|information_source ℹ️|bulb 💡|bell 🔔|no_bell 🔕|lock 🔒|unlock 🔓
key 🔑|mag 🔍|link 🔗|paperclip 📎|pushpin 📌|round_pushpin 📍|memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|calendar 📆|date 📅
spiral_calendar_pad 🗓️|alarm_clock ⏰|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|clock1 🕐|clock9 🕘|email 📧|envelope ✉️
incoming_envelope 📨|phone ☎️|telephone_receiver 📞|iphone 📱|package 📦|truck 🚚|shopping_bags 🛍️|shopping_trolley 🛒|moneybag 💰
euro 💶|pound 💷|credit_card 💳|receipt 🧾|chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|books 📚|book 📖
bookmark 🔖|newspaper 📰|mortar_board 🎓|school 🏫|house 🏠|office 🏢|hospital 🏥|hotel 🏨|department_store 🏬|wrench 🔧
hammer_and_wrench 🛠️|gear ⚙️|broom 🧹|art 🎨|microphone 🎤|headphones 🎧|mega 📣|loudspeaker 📢|rocket 🚀|bike 🚲|walking 🚶
busts_in_silhouette 👥|bust_in_silhouette 👤|baby 👶|dog 🐶|cat 🐱|eight 8️⃣|one 1️⃣|two 2️⃣|three 3️⃣|four 4️⃣|five 5️⃣|six 6️⃣
seven 7️⃣|nine 9️⃣|keycap_ten 🔟|100 💯|arrow_right ➡️|arrow_left ⬅️|arrow_up ⬆️|arrow_down ⬇️|repeat 🔁|arrows_counterclockwise 🔄
new 🆕|ok 🆗|sos 🆘|red_circle 🔴|large_blue_circle 🔵|large_green_circle 🟢|large_yellow_circle 🟡|large_orange_circle 🟠
white_circle ⚪|black_circle ⚫|small_blue_diamond 🔹|small_orange_diamond 🔸|zzz 💤|beach_with_umbrella 🏖️|desert_island 🏝️|palm_tree 🌴
flag-nl 🇳🇱|flag-gb 🇬🇧|nl 🇳🇱|gb 🇬🇧|uk 🇬🇧|robot_face 🤖|crystal_ball 🔮|seedling 🌱|scales ⚖️|balance_scale ⚖️|shield 🛡️|ladder 🪜|compass 🧭
`;

const CHARACTERS = new Map(
  PAIRS.trim()
    .split(/[|\n]/)
    .map((pair) => {
      const at = pair.lastIndexOf(" ");
      return [pair.slice(0, at), pair.slice(at + 1)];
    }),
);

/** @param {string} name without colons @returns {string|null} the character, or null when unknown */
export function emojiCharacter(name) {
  return CHARACTERS.get(name.split("::")[0]) ?? null;
}

/** @param {string} text plain text with `:name:` in it @returns {string} the same with characters */
export function withEmoji(text) {
  return String(text ?? "").replace(
    /:([a-z0-9_+'-]+)(::skin-tone-\d)?:/g,
    (whole, name) => emojiCharacter(name) ?? whole,
  );
}
