<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="vi_VN" sourcelanguage="en_US">
<context>
    <name>actions</name>
    <message>
        <source>Views</source>
        <translation>Màn hình</translation>
    </message>
    <message>
        <source>Next that needs you</source>
        <translation>Cảnh báo kế tiếp cần xử lý</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>Phần kế tiếp</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation>Đến thiết bị, nơi hoặc cảnh báo</translation>
    </message>
    <message>
        <source>Filter or search of this view</source>
        <translation>Lọc hoặc tìm trong màn hình này</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Lùi</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>Tới</translation>
    </message>
    <message>
        <source>Next part of the window</source>
        <translation>Phần kế tiếp của cửa sổ</translation>
    </message>
    <message>
        <source>Previous part of the window</source>
        <translation>Phần trước của cửa sổ</translation>
    </message>
    <message>
        <source>Previous that needs you</source>
        <translation>Cảnh báo trước cần xử lý</translation>
    </message>
    <message>
        <source>Open the cause of the row, or what the banner tells</source>
        <translation>Mở nguyên nhân của dòng, hoặc của băng báo</translation>
    </message>
    <message>
        <source>Acknowledge what the banner tells</source>
        <translation>Xác nhận cảnh báo trên băng báo</translation>
    </message>
    <message>
        <source>Undo (10 s)</source>
        <translation>Hoàn tác (10 giây)</translation>
    </message>
    <message>
        <source>Ask the device now</source>
        <translation>Hỏi thiết bị ngay</translation>
    </message>
    <message>
        <source>Theme: dark, light, high contrast</source>
        <translation>Giao diện: tối, sáng, tương phản cao</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>Chữ lớn hơn</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>Chữ nhỏ hơn</translation>
    </message>
    <message>
        <source>This view in the whole window, or back</source>
        <translation>Mở màn hình này khắp cửa sổ, hoặc trở lại</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Toàn màn hình</translation>
    </message>
    <message>
        <source>All keys of this place</source>
        <translation>Mọi phím tắt ở đây</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Thoát</translation>
    </message>
</context>
<context>
    <name>advice</name>
    <message>
        <source>Read the fingerprint of {device} at its own console</source>
        <translation>Đọc dấu vân tay khóa của {device} trên chính màn hình console của nó</translation>
    </message>
    <message>
        <source>Compare it and trust it: noc-console trust</source>
        <translation>So sánh rồi tin cậy: noc-console trust</translation>
    </message>
    <message>
        <source>Until then no Xid of {device} is seen: a lost GPU shows only by its missing values</source>
        <translation>Đến lúc đó không thấy Xid nào của {device}: GPU mất chỉ lộ ra khi thiếu số liệu</translation>
    </message>
    <message>
        <source>Let the account read the kernel log: group systemd-journal, or kernel.dmesg_restrict = 0</source>
        <translation>Cho tài khoản đọc nhật ký nhân: nhóm systemd-journal, hoặc kernel.dmesg_restrict = 0</translation>
    </message>
    <message>
        <source>Look at its curve: how long has it gone on, and does it go on?</source>
        <translation>Xem đường biểu diễn: đã bao lâu, và có tiếp diễn không?</translation>
    </message>
    <message>
        <source>Compare with what stands beside {device}: one part, or the whole row?</source>
        <translation>So với những gì cạnh {device}: một bộ phận, hay cả dãy?</translation>
    </message>
    <message>
        <source>Compare {component} with its neighbours: load, air, cable, slot</source>
        <translation>So {component} với bên cạnh: tải, luồng khí, cáp, khe cắm</translation>
    </message>
    <message>
        <source>Swap it with a neighbour: does the difference go with it?</source>
        <translation>Đổi chỗ với cái bên cạnh: khác biệt có đi theo không?</translation>
    </message>
    <message>
        <source>Ask what has changed: load, settings, a move</source>
        <translation>Hỏi xem đã đổi gì: tải, cấu hình, di chuyển</translation>
    </message>
    <message>
        <source>If this is how it is from now on: it is learned within weeks</source>
        <translation>Nếu từ nay là như vậy: sẽ được học trong vài tuần</translation>
    </message>
    <message>
        <source>Ask {device} now: F5</source>
        <translation>Hỏi {device} ngay: F5</translation>
    </message>
    <message>
        <source>If it was taken away on purpose: close the alarm, and it is expected no more</source>
        <translation>Nếu đã cố ý gỡ đi: đóng cảnh báo, sẽ không chờ nó nữa</translation>
    </message>
    <message>
        <source>Look at the timeline what comes with it each time</source>
        <translation>Xem diễn biến: mỗi lần có gì xảy ra cùng</translation>
    </message>
    <message>
        <source>Look at the map what else is dark: power and uplink of {device} first</source>
        <translation>Xem trên sơ đồ còn gì mất: trước hết nguồn và đường lên của {device}</translation>
    </message>
    <message>
        <source>Ask it again now: F5</source>
        <translation>Hỏi lại ngay: F5</translation>
    </message>
    <message>
        <source>If it stays dark: go to its rack, or use its management controller</source>
        <translation>Nếu vẫn mất: đến tủ rack, hoặc dùng bộ điều khiển quản lý (BMC)</translation>
    </message>
    <message>
        <source>Compare user, keys and algorithms with the configuration of {device}</source>
        <translation>So người dùng, khóa và thuật toán với cấu hình của {device}</translation>
    </message>
    <message>
        <source>Set the secret again: noc-console secret set</source>
        <translation>Đặt lại mật khẩu: noc-console secret set</translation>
    </message>
    <message>
        <source>Read what it answers: noc-console probe</source>
        <translation>Đọc câu trả lời của nó: noc-console probe</translation>
    </message>
    <message>
        <source>Ask who reinstalled {device}. Without an answer treat it as an attack</source>
        <translation>Hỏi ai đã cài lại {device}. Không có câu trả lời thì coi là tấn công</translation>
    </message>
    <message>
        <source>Read its fingerprint at its own console and compare it: noc-console trust</source>
        <translation>Đọc dấu vân tay khóa trên màn hình console của nó rồi so sánh: noc-console trust</translation>
    </message>
    <message>
        <source>Set the secret: noc-console secret set</source>
        <translation>Đặt mật khẩu: noc-console secret set</translation>
    </message>
    <message>
        <source>Then ask it now: F5</source>
        <translation>Rồi hỏi ngay: F5</translation>
    </message>
    <message>
        <source>The regular values still come: only this answer is missing</source>
        <translation>Số liệu thường kỳ vẫn về: chỉ thiếu câu trả lời này</translation>
    </message>
    <message>
        <source>On a GPU server look for a hung nvidia-smi (state D) in the process list</source>
        <translation>Trên máy chủ GPU, tìm nvidia-smi bị treo (trạng thái D) trong danh sách tiến trình</translation>
    </message>
    <message>
        <source>See whether the other end ({neighbour}) is down as well</source>
        <translation>Xem đầu kia ({neighbour}) có mất không</translation>
    </message>
    <message>
        <source>Check optic and cable at {component}</source>
        <translation>Kiểm tra module quang và cáp ở {component}</translation>
    </message>
    <message>
        <source>Compare with its neighbours on the Thermal view: one server, one rack or the row</source>
        <translation>So với bên cạnh ở màn hình Nhiệt: một máy chủ, một tủ rack hay cả dãy</translation>
    </message>
    <message>
        <source>A row rises together: look at its cooler. One server: look at its fans and filters</source>
        <translation>Cả dãy cùng nóng: xem điều hòa. Một máy chủ: xem quạt và lọc bụi</translation>
    </message>
    <message>
        <source>If it keeps rising: lower the load before the hardware does</source>
        <translation>Nếu vẫn tăng: giảm tải trước khi phần cứng tự giảm</translation>
    </message>
    <message>
        <source>Start the standby cooler or the spare fan</source>
        <translation>Bật điều hòa dự phòng hoặc quạt dự phòng</translation>
    </message>
    <message>
        <source>Watch the inlets of the row: minutes count</source>
        <translation>Theo dõi nhiệt khí vào của dãy: tính từng phút</translation>
    </message>
    <message>
        <source>Call the facility: {component} of {device}</source>
        <translation>Gọi bộ phận cơ điện: {component} của {device}</translation>
    </message>
    <message>
        <source>Check breaker and feed of {device}</source>
        <translation>Kiểm tra aptomat và nguồn cấp của {device}</translation>
    </message>
    <message>
        <source>See what hangs on one feed only now, before anyone touches the other</source>
        <translation>Xem gì chỉ còn một nguồn, trước khi ai chạm vào nguồn kia</translation>
    </message>
    <message>
        <source>Compare with the other phases and feeds: one supply, or all that comes from the mains</source>
        <translation>So với các pha và nguồn cấp khác: một bộ nguồn, hay mọi thứ lấy từ lưới điện</translation>
    </message>
    <message>
        <source>Look at the set point of the cooler, and for outside air that comes in</source>
        <translation>Xem nhiệt độ đặt của máy lạnh, và tìm khí ngoài lọt vào</translation>
    </message>
    <message>
        <source>Cold and damp together: water may condense, keep doors shut</source>
        <translation>Lạnh kèm ẩm: nước có thể ngưng tụ, giữ cửa đóng</translation>
    </message>
    <message>
        <source>Look for a leak, outside air or a cooler that does not dry</source>
        <translation>Tìm chỗ rò nước, khí ngoài lọt vào hoặc máy lạnh không hút ẩm</translation>
    </message>
    <message>
        <source>Look at the humidifier of the cooler</source>
        <translation>Xem bộ tạo ẩm của máy lạnh</translation>
    </message>
    <message>
        <source>Dry air: touch boards only with a wrist strap</source>
        <translation>Không khí khô: chỉ chạm bo mạch khi đeo vòng chống tĩnh điện</translation>
    </message>
    <message>
        <source>Read the log of {device} for {component}</source>
        <translation>Đọc nhật ký của {device} về {component}</translation>
    </message>
    <message>
        <source>Order the part before it fails</source>
        <translation>Đặt linh kiện trước khi nó hỏng</translation>
    </message>
    <message>
        <source>Drain {device} when its job ends: the row is replaced by a reset of {component}</source>
        <translation>Khi tác vụ xong, rút tải khỏi {device}: reset {component} sẽ thay hàng nhớ</translation>
    </message>
    <message>
        <source>If it says that it failed: replace the GPU (serial {serial})</source>
        <translation>Nếu nó báo thất bại: thay GPU (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>Look for an Xid of {component} in the kernel log: 48, 63, 64, 94, 95</source>
        <translation>Tìm Xid của {component} trong nhật ký nhân: 48, 63, 64, 94, 95</translation>
    </message>
    <message>
        <source>Reset {component} when its job ends; if errors return, replace it (serial {serial})</source>
        <translation>Reset {component} khi tác vụ xong; nếu lỗi lại, thay nó (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>See whether the GPU at the other end of the link counts errors too</source>
        <translation>Xem GPU ở đầu kia của liên kết có đếm lỗi không</translation>
    </message>
    <message>
        <source>Reset {component}; if errors return, have its board or the baseboard looked at (serial {serial})</source>
        <translation>Reset {component}; nếu lỗi lại, cho kiểm tra bo mạch của nó hoặc bo nền (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>Drain {device} and power it off and on: the link is trained anew</source>
        <translation>Rút tải khỏi {device} rồi tắt và bật nguồn: liên kết được thiết lập lại</translation>
    </message>
    <message>
        <source>If it stays so: reseat {component}, its riser or cable</source>
        <translation>Nếu vẫn vậy: cắm lại {component}, riser hoặc cáp của nó</translation>
    </message>
    <message>
        <source>Heat: see fans, inlet and the neighbours. Power brake: see the supplies of {device}</source>
        <translation>Nóng: xem quạt, khí vào và máy bên cạnh. Power brake: xem bộ nguồn của {device}</translation>
    </message>
    <message>
        <source>Power limit: compare with nvidia-smi -q -d POWER; set it back if nobody meant it</source>
        <translation>Giới hạn công suất: so với nvidia-smi -q -d POWER; đặt lại nếu không ai chủ ý</translation>
    </message>
    <message>
        <source>A job waits for its slowest GPU: drain {device} when the job ends</source>
        <translation>Tác vụ phải chờ GPU chậm nhất: rút tải khỏi {device} khi tác vụ xong</translation>
    </message>
    <message>
        <source>Compare clocks, limits and PCIe link of {component} with the others</source>
        <translation>So xung, giới hạn và liên kết PCIe của {component} với các GPU khác</translation>
    </message>
    <message>
        <source>Look at the fans and filters of {device}; clean out dust at the next chance</source>
        <translation>Xem quạt và lọc bụi của {device}; làm sạch bụi khi có dịp</translation>
    </message>
    <message>
        <source>If it is one GPU alone: have its heat sink and paste looked at (serial {serial})</source>
        <translation>Nếu chỉ một GPU: cho kiểm tra tản nhiệt và keo (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>Drain {device}: no new jobs. What runs may go on; its GPUs are not watched</source>
        <translation>Rút tải khỏi {device}: không nhận tác vụ mới. Việc đang chạy có thể tiếp tục; GPU của nó không được giám sát</translation>
    </message>
    <message>
        <source>Look into the kernel log for an Xid. A process in state D ends with a restart only</source>
        <translation>Tìm Xid trong nhật ký nhân. Tiến trình ở trạng thái D chỉ hết khi khởi động lại</translation>
    </message>
    <message>
        <source>Restart the host; if it hangs again, test each GPU alone</source>
        <translation>Khởi động lại máy chủ; nếu treo lại, thử từng GPU riêng</translation>
    </message>
    <message>
        <source>Meant? Write the serials ({serial}) into the parts list and close this alarm</source>
        <translation>Chủ ý? Ghi số sê-ri ({serial}) vào danh sách linh kiện rồi đóng cảnh báo</translation>
    </message>
    <message>
        <source>Not meant: ask who was at {device}</source>
        <translation>Không chủ ý: hỏi ai đã ở chỗ {device}</translation>
    </message>
    <message>
        <source>Drain {device}: no new jobs</source>
        <translation>Rút tải khỏi {device}: không nhận tác vụ mới</translation>
    </message>
    <message>
        <source>Restart the host. If the GPU returns and falls off again: replace it</source>
        <translation>Khởi động lại máy chủ. Nếu GPU trở lại rồi rớt lần nữa: thay nó</translation>
    </message>
    <message>
        <source>Serial of the part: {serial}</source>
        <translation>Số sê-ri của linh kiện: {serial}</translation>
    </message>
    <message>
        <source>Look into the kernel log for an Xid, then restart the host</source>
        <translation>Tìm Xid trong nhật ký nhân, rồi khởi động lại máy chủ</translation>
    </message>
    <message>
        <source>Clean or change the optic and the fibre, at both ends</source>
        <translation>Làm sạch hoặc thay module quang và sợi quang, ở cả hai đầu</translation>
    </message>
    <message>
        <source>Take the port out of use until then</source>
        <translation>Ngừng dùng cổng cho đến lúc đó</translation>
    </message>
    <message>
        <source>Look at both ends which is right: the cable or the plan</source>
        <translation>Kiểm tra ở cả hai đầu xem cáp đúng hay kế hoạch đúng</translation>
    </message>
    <message>
        <source>Put the cable where it belongs, or correct [[links]] in the inventory</source>
        <translation>Cắm lại cáp vào đúng chỗ, hoặc sửa [[links]] trong danh mục thiết bị</translation>
    </message>
    <message>
        <source>Look at the breakers and what feeds the place</source>
        <translation>Xem aptomat và nguồn cấp cho nơi này</translation>
    </message>
    <message>
        <source>Bring things up one after another when power is back</source>
        <translation>Khi có điện lại, bật lần lượt từng thứ</translation>
    </message>
    <message>
        <source>Ask the carrier about the line</source>
        <translation>Hỏi nhà mạng về đường truyền</translation>
    </message>
    <message>
        <source>Ask somebody there whether there is power and the edge device runs</source>
        <translation>Hỏi người tại chỗ có điện không và thiết bị biên có chạy không</translation>
    </message>
    <message>
        <source>See how busy the collector&apos;s machine is</source>
        <translation>Xem máy chạy bộ thu thập có quá tải không</translation>
    </message>
    <message>
        <source>Lengthen intervals or share its devices out</source>
        <translation>Kéo dài chu kỳ hoặc chia bớt thiết bị</translation>
    </message>
    <message>
        <source>Its devices are not watched: tell the shift</source>
        <translation>Thiết bị của nó không được giám sát: báo cho ca trực</translation>
    </message>
    <message>
        <source>Start the collector again and read its log</source>
        <translation>Chạy lại bộ thu thập và đọc nhật ký của nó</translation>
    </message>
    <message>
        <source>Everything is still polled: faults are seen an interval later</source>
        <translation>Mọi thứ vẫn được thu thập: lỗi được thấy chậm một chu kỳ</translation>
    </message>
    <message>
        <source>End the program that has the port, or choose another one: --traps PORT</source>
        <translation>Tắt chương trình đang dùng cổng, hoặc chọn cổng khác: --traps PORT</translation>
    </message>
    <message>
        <source>Look what the device itself says now: open it</source>
        <translation>Xem thiết bị tự báo gì lúc này: mở nó</translation>
    </message>
    <message>
        <source>Close the alarm when it is dealt with; not every report has an end</source>
        <translation>Đóng cảnh báo khi đã xử lý; không phải báo nào cũng có báo hết</translation>
    </message>
    <message>
        <source>Free space on the disk of the console</source>
        <translation>Giải phóng đĩa của máy chạy chương trình</translation>
    </message>
    <message>
        <source>Then press A again for what was not stored</source>
        <translation>Rồi bấm A lại cho những gì chưa lưu</translation>
    </message>
    <message>
        <source>Reset {component}: nvidia-smi --gpu-reset. If it fails, restart the host</source>
        <translation>Reset {component}: nvidia-smi --gpu-reset. Nếu thất bại, khởi động lại máy chủ</translation>
    </message>
    <message>
        <source>If it returns, replace the GPU (serial {serial})</source>
        <translation>Nếu lặp lại, thay GPU (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>Restart the host</source>
        <translation>Khởi động lại máy chủ</translation>
    </message>
    <message>
        <source>Nothing to do; watch whether it repeats</source>
        <translation>Không cần làm gì; theo dõi xem có lặp lại</translation>
    </message>
    <message>
        <source>Tell the owner of the job to restart it; the server stays in service</source>
        <translation>Báo chủ tác vụ chạy lại; máy chủ vẫn hoạt động</translation>
    </message>
    <message>
        <source>Reset {component} when it is idle; there is no hurry</source>
        <translation>Reset {component} khi rảnh; không gấp</translation>
    </message>
    <message>
        <source>Restart the virtual machine</source>
        <translation>Khởi động lại máy ảo</translation>
    </message>
    <message>
        <source>Hands on the hardware: reseat or replace (serial {serial})</source>
        <translation>Xử lý phần cứng: cắm lại hoặc thay (số sê-ri {serial})</translation>
    </message>
    <message>
        <source>Update driver and firmware of {device}</source>
        <translation>Cập nhật driver và firmware của {device}</translation>
    </message>
    <message>
        <source>Read unit and status words of the line</source>
        <translation>Đọc từ đơn vị và trạng thái trong dòng nhật ký</translation>
    </message>
    <message>
        <source>Do what the line of the log says</source>
        <translation>Làm theo dòng nhật ký</translation>
    </message>
    <message>
        <source>Collect nvidia-bug-report.sh of {device} and look into it</source>
        <translation>Chạy nvidia-bug-report.sh trên {device} và xem kết quả</translation>
    </message>
</context>
<context>
    <name>alarm</name>
    <message>
        <source>{duration} behind</source>
        <translation>trễ {duration}</translation>
    </message>
    <message>
        <source>no passphrase</source>
        <translation>thiếu mật khẩu khóa</translation>
    </message>
    <message>
        <source>wrong passphrase</source>
        <translation>sai mật khẩu khóa</translation>
    </message>
    <message>
        <source>no key file</source>
        <translation>không có tệp khóa</translation>
    </message>
    <message>
        <source>unreadable key</source>
        <translation>khóa không đọc được</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>không trả lời</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>im lặng</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>bị từ chối</translation>
    </message>
    <message>
        <source>unreadable</source>
        <translation>không đọc được</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>đã dừng</translation>
    </message>
    <message>
        <source>no secret</source>
        <translation>thiếu mật khẩu</translation>
    </message>
    <message>
        <source>down</source>
        <translation>mất</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>mất</translation>
    </message>
    <message>
        <source>not stored</source>
        <translation>chưa lưu</translation>
    </message>
    <message>
        <source>acknowledging…</source>
        <translation>đang xác nhận…</translation>
    </message>
    <message>
        <source>worse again · {who}</source>
        <translation>lại nặng hơn · {who}</translation>
    </message>
    <message>
        <source>worse again</source>
        <translation>lại nặng hơn</translation>
    </message>
    <message>
        <source>until {time}</source>
        <translation>đến {time}</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Mới</translation>
    </message>
    <message>
        <source>in maintenance</source>
        <translation>đang bảo trì</translation>
    </message>
    <message>
        <source>shelved by {who}</source>
        <translation>{who} tạm gác</translation>
    </message>
    <message>
        <source>{duration} left</source>
        <translation>còn {duration}</translation>
    </message>
    <message>
        <source>cause of {count} others</source>
        <translation>nguyên nhân của {count} cảnh báo khác</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>đã hết</translation>
    </message>
    <message>
        <source>symptom</source>
        <translation>cảnh báo kéo theo</translation>
    </message>
    <message>
        <source>not acknowledged</source>
        <translation>chưa xác nhận</translation>
    </message>
    <message>
        <source>acknowledged by {who}</source>
        <translation>đã xác nhận: {who}</translation>
    </message>
    <message>
        <source>since {time}</source>
        <translation>từ {time}</translation>
    </message>
    <message>
        <source>held</source>
        <translation>đang chờ</translation>
    </message>
    <message>
        <source>No answer over {protocol}; the device answers otherwise</source>
        <translation>Không trả lời qua {protocol}; thiết bị vẫn trả lời cách khác</translation>
    </message>
    <message>
        <source>Unreachable</source>
        <translation>Mất liên lạc</translation>
    </message>
    <message>
        <source>{protocol} refuses our credential</source>
        <translation>{protocol} từ chối thông tin đăng nhập</translation>
    </message>
    <message>
        <source>{protocol} answers what cannot be read</source>
        <translation>{protocol} trả lời không đọc được</translation>
    </message>
    <message>
        <source>SSH host key is not trusted yet. Polling waits</source>
        <translation>Khóa SSH chưa được tin cậy. Thu thập đang chờ</translation>
    </message>
    <message>
        <source>SSH host key changed. Polling is stopped</source>
        <translation>Khóa SSH thay đổi. Đã dừng thu thập</translation>
    </message>
    <message>
        <source>Not polled</source>
        <translation>Không thu thập</translation>
    </message>
    <message>
        <source>{source} may not be read: what it would tell is not seen</source>
        <translation>Không được phép đọc {source}: không thấy nội dung của nó</translation>
    </message>
    <message>
        <source>{source} gives no answer; the device does</source>
        <translation>{source} không trả lời; thiết bị có trả lời</translation>
    </message>
    <message>
        <source>Port is down</source>
        <translation>Cổng mất kết nối</translation>
    </message>
    <message>
        <source>Port is down. Link to {neighbour}</source>
        <translation>Cổng mất kết nối. Liên kết tới {neighbour}</translation>
    </message>
    <message>
        <source>Margin to slowdown is short</source>
        <translation>Biên đến ngưỡng giảm xung ngắn</translation>
    </message>
    <message>
        <source>Memory temperature above its limit</source>
        <translation>Nhiệt độ bộ nhớ vượt ngưỡng</translation>
    </message>
    <message>
        <source>Inlet above its limit</source>
        <translation>Nhiệt khí vào vượt ngưỡng</translation>
    </message>
    <message>
        <source>Temperature above its limit</source>
        <translation>Nhiệt độ vượt ngưỡng</translation>
    </message>
    <message>
        <source>Fan is too slow</source>
        <translation>Quạt quá chậm</translation>
    </message>
    <message>
        <source>Fan stopped</source>
        <translation>Quạt dừng</translation>
    </message>
    <message>
        <source>Voltage lost</source>
        <translation>Mất điện áp</translation>
    </message>
    <message>
        <source>Voltage below its limit</source>
        <translation>Điện áp dưới ngưỡng</translation>
    </message>
    <message>
        <source>Voltage above its limit</source>
        <translation>Điện áp vượt ngưỡng</translation>
    </message>
    <message>
        <source>Temperature below its limit</source>
        <translation>Nhiệt độ dưới ngưỡng</translation>
    </message>
    <message>
        <source>Humidity above its limit</source>
        <translation>Độ ẩm vượt ngưỡng</translation>
    </message>
    <message>
        <source>Humidity below its limit</source>
        <translation>Độ ẩm dưới ngưỡng</translation>
    </message>
    <message>
        <source>Says of itself: {word}</source>
        <translation>Tự báo: {word}</translation>
    </message>
    <message>
        <source>not well</source>
        <translation>không tốt</translation>
    </message>
    <message>
        <source>Driver reports an error</source>
        <translation>Driver báo lỗi</translation>
    </message>
    <message>
        <source>GPU fell off the bus</source>
        <translation>GPU rớt khỏi bus</translation>
    </message>
    <message>
        <source>GPU is missing</source>
        <translation>Thiếu GPU</translation>
    </message>
    <message>
        <source>Collector polls too late</source>
        <translation>Bộ thu thập bị trễ</translation>
    </message>
    <message>
        <source>Collector is silent. Its devices are not watched</source>
        <translation>Bộ thu thập im lặng. Thiết bị của nó không được giám sát</translation>
    </message>
    <message>
        <source>Port goes down and up again and again</source>
        <translation>Cổng chập chờn liên tục</translation>
    </message>
    <message>
        <source>Not cabled as planned: {planned} is not seen here</source>
        <translation>Đấu nối khác kế hoạch: không thấy {planned} ở đây</translation>
    </message>
    <message>
        <source>A link that is not in the plan: to {planned}</source>
        <translation>Liên kết không có trong kế hoạch: tới {planned}</translation>
    </message>
    <message>
        <source>Not cabled as planned: {found} is here in place of {planned}</source>
        <translation>Đấu nối khác kế hoạch: ở đây là {found} thay vì {planned}</translation>
    </message>
    <message>
        <source>Not cabled as planned</source>
        <translation>Đấu nối khác kế hoạch</translation>
    </message>
    <message>
        <source>No power: {place}</source>
        <translation>Mất nguồn: {place}</translation>
    </message>
    <message>
        <source>Nothing at {site} answers</source>
        <translation>Không gì ở {site} trả lời</translation>
    </message>
    <message>
        <source>Not stored: {why}</source>
        <translation>Chưa lưu: {why}</translation>
    </message>
    <message>
        <source>another program has the port</source>
        <translation>chương trình khác đang dùng cổng</translation>
    </message>
    <message>
        <source>this account may not open the port</source>
        <translation>tài khoản này không được mở cổng</translation>
    </message>
    <message>
        <source>the address is not of this machine</source>
        <translation>địa chỉ không thuộc máy này</translation>
    </message>
    <message>
        <source>the data folder cannot be written</source>
        <translation>không ghi được thư mục dữ liệu</translation>
    </message>
    <message>
        <source>No traps are received on port {port}: {why}</source>
        <translation>Không nhận được trap ở cổng {port}: {why}</translation>
    </message>
    <message>
        <source>The device reports {trap}</source>
        <translation>Thiết bị báo {trap}</translation>
    </message>
    <message>
        <source>{share} % of others</source>
        <translation>{share} % so với máy khác</translation>
    </message>
    <message>
        <source>Slowed down by heat</source>
        <translation>Giảm xung vì nóng</translation>
    </message>
    <message>
        <source>Slowed down by the server&apos;s power brake</source>
        <translation>Giảm xung do tín hiệu power brake của máy chủ</translation>
    </message>
    <message>
        <source>Power limit holds the clock far down</source>
        <translation>Giới hạn công suất giữ xung rất thấp</translation>
    </message>
    <message>
        <source>Slowed down</source>
        <translation>Bị giảm xung</translation>
    </message>
    <message>
        <source>Memory row could not be replaced: the GPU is worn out</source>
        <translation>Không thay được hàng nhớ: GPU đã hết khả năng thay</translation>
    </message>
    <message>
        <source>Memory row waits to be replaced: a reset is due</source>
        <translation>Hàng nhớ chờ thay: cần reset GPU</translation>
    </message>
    <message>
        <source>Corrected memory errors grow fast (+{rise})</source>
        <translation>Lỗi bộ nhớ sửa được tăng nhanh (+{rise})</translation>
    </message>
    <message>
        <source>Uncorrected memory errors (+{rise})</source>
        <translation>Lỗi bộ nhớ không sửa được (+{rise})</translation>
    </message>
    <message>
        <source>NVLinks are down</source>
        <translation>NVLink mất kết nối</translation>
    </message>
    <message>
        <source>CRC errors</source>
        <translation>lỗi CRC</translation>
    </message>
    <message>
        <source>replays</source>
        <translation>lần truyền lại</translation>
    </message>
    <message>
        <source>recoveries</source>
        <translation>lần khôi phục</translation>
    </message>
    <message>
        <source>errors</source>
        <translation>lỗi</translation>
    </message>
    <message>
        <source>NVLink {kind} grow (+{rise})</source>
        <translation>NVLink: {kind} tăng (+{rise})</translation>
    </message>
    <message>
        <source>PCIe link is narrow: x{value} of x{limit}</source>
        <translation>Liên kết PCIe hẹp: x{value} trên x{limit}</translation>
    </message>
    <message>
        <source>PCIe link is slow: generation {value} of {limit}</source>
        <translation>Liên kết PCIe chậm: thế hệ {value} trên {limit}</translation>
    </message>
    <message>
        <source>Slower than the other GPUs at the same load</source>
        <translation>Chậm hơn các GPU khác cùng tải</translation>
    </message>
    <message>
        <source>Draws less than the other GPUs at the same load</source>
        <translation>Tiêu thụ ít hơn các GPU khác cùng tải</translation>
    </message>
    <message>
        <source>Warmer than the other GPUs at the same load</source>
        <translation>Nóng hơn các GPU khác cùng tải</translation>
    </message>
    <message>
        <source>Differs from the other GPUs</source>
        <translation>Khác với các GPU khác</translation>
    </message>
    <message>
        <source>Too warm for its power beside the other GPUs: heat sink or paste</source>
        <translation>Quá nóng so với công suất: tản nhiệt hoặc keo</translation>
    </message>
    <message>
        <source>Too warm for its power beside other servers: fans or dust</source>
        <translation>Quá nóng so với máy chủ khác: quạt hoặc bụi</translation>
    </message>
    <message>
        <source>{tool} does not answer and is stuck in the kernel (state D)</source>
        <translation>{tool} không trả lời và kẹt trong nhân (trạng thái D)</translation>
    </message>
    <message>
        <source>{tool} does not answer: its GPUs are not seen</source>
        <translation>{tool} không trả lời: không thấy GPU</translation>
    </message>
    <message>
        <source>GPU sits in another slot than before (SN {serial}, was at {place})</source>
        <translation>GPU nằm ở khe khác trước (SN {serial}, trước ở {place})</translation>
    </message>
    <message>
        <source>Another GPU than before (SN {serial}, was {before})</source>
        <translation>GPU khác trước (SN {serial}, trước là {before})</translation>
    </message>
    <message>
        <source>not given</source>
        <translation>không có</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Giá trị</translation>
    </message>
    <message>
        <source>{what} falls fast</source>
        <translation>Giảm nhanh: {what}</translation>
    </message>
    <message>
        <source>{what} rises fast</source>
        <translation>Tăng nhanh: {what}</translation>
    </message>
    <message>
        <source>{what} differs from its peers</source>
        <translation>Khác với nhóm cùng loại: {what}</translation>
    </message>
    <message>
        <source>{what} is not as usual at this hour</source>
        <translation>Không như thường lệ vào giờ này: {what}</translation>
    </message>
    <message>
        <source>{source} says nothing any more</source>
        <translation>{source} không còn báo gì</translation>
    </message>
    <message>
        <source>{what} is not given any more ({source})</source>
        <translation>Không còn số liệu: {what} ({source})</translation>
    </message>
    <message>
        <source>Not given any more ({source})</source>
        <translation>Không còn số liệu ({source})</translation>
    </message>
    <message>
        <source>Too often ({count} ×): {what}</source>
        <translation>Quá thường xuyên ({count} ×): {what}</translation>
    </message>
</context>
<context>
    <name>alarms</name>
    <message>
        <source>Acknowledge, with a note</source>
        <translation>Xác nhận, kèm ghi chú</translation>
    </message>
    <message>
        <source>Acknowledge the whole incident</source>
        <translation>Xác nhận cả sự cố</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>Bỏ xác nhận</translation>
    </message>
    <message>
        <source>Take it</source>
        <translation>Nhận xử lý</translation>
    </message>
    <message>
        <source>Give to …</source>
        <translation>Giao cho …</translation>
    </message>
    <message>
        <source>Shelve, with a reason and an end</source>
        <translation>Tạm gác, có lý do và hạn</translation>
    </message>
    <message>
        <source>Take off the shelf</source>
        <translation>Bỏ tạm gác</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Done: close a cleared alarm</source>
        <translation>Xong: đóng cảnh báo đã hết</translation>
    </message>
    <message>
        <source>Regroup: pull out of its cause, or put under another</source>
        <translation>Chuyển nhóm: tách khỏi nguyên nhân, hoặc đặt dưới nguyên nhân khác</translation>
    </message>
    <message>
        <source>Open the device</source>
        <translation>Mở thiết bị</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Hiện trên sơ đồ</translation>
    </message>
    <message>
        <source>Copy as text</source>
        <translation>Chép dạng chữ</translation>
    </message>
    <message>
        <source>Filter: name, site, text, owner  ( / )</source>
        <translation>Lọc: tên, địa điểm, nội dung, người nhận  ( / )</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Lọc</translation>
    </message>
    <message>
        <source>Free text, or {keys}</source>
        <translation>Chữ tự do, hoặc {keys}</translation>
    </message>
    <message>
        <source>Open {count}</source>
        <translation>Đang mở {count}</translation>
    </message>
    <message>
        <source>Mine {count}</source>
        <translation>Của tôi {count}</translation>
    </message>
    <message>
        <source>Shelved {count}</source>
        <translation>Tạm gác {count}</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Lịch sử</translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation>{count} bị bộ lọc ẩn</translation>
    </message>
    <message>
        <source>Worst, then newest</source>
        <translation>Nặng nhất, rồi mới nhất</translation>
    </message>
    <message>
        <source>Filter {term}, press to remove</source>
        <translation>Bộ lọc {term}, bấm để bỏ</translation>
    </message>
    <message>
        <source>What the next one should know</source>
        <translation>Điều người sau cần biết</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>Note (may be empty): who does what until when</source>
        <translation>Ghi chú (có thể trống): ai làm gì đến khi nào</translation>
    </message>
    <message>
        <source>Why it may be silent until then (needed)</source>
        <translation>Vì sao được im lặng đến lúc đó (bắt buộc)</translation>
    </message>
    <message>
        <source>To whom; empty = to nobody</source>
        <translation>Cho ai; trống = không ai</translation>
    </message>
    <message>
        <source>Regroup</source>
        <translation>Chuyển nhóm</translation>
    </message>
    <message>
        <source>{action} {count} alarms</source>
        <translation>{action} {count} cảnh báo</translation>
    </message>
    <message>
        <source>Under which cause (# or name); empty = pull out, a cause of its own</source>
        <translation>Dưới nguyên nhân nào (# hoặc tên); trống = tách riêng</translation>
    </message>
    <message>
        <source>No such cause</source>
        <translation>Không có nguyên nhân này</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Xem trước</translation>
    </message>
    <message>
        <source>{count} alarms chosen</source>
        <translation>đã chọn {count} cảnh báo</translation>
    </message>
    <message>
        <source>Acknowledge {count}</source>
        <translation>Xác nhận {count}</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>Bỏ xác nhận</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Shelve</source>
        <translation>Tạm gác</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Cần làm gì</translation>
    </message>
    <message>
        <source>What hangs together</source>
        <translation>Liên quan với nhau</translation>
    </message>
    <message>
        <source>What happened ({zone})</source>
        <translation>Đã xảy ra ({zone})</translation>
    </message>
    <message>
        <source>Alarms</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>Needs you</source>
        <translation>Cần xử lý</translation>
    </message>
    <message>
        <source>Cause being sought, no call yet</source>
        <translation>Đang tìm nguyên nhân, chưa báo động</translation>
    </message>
    <message>
        <source>Shelf ends soon</source>
        <translation>Sắp hết tạm gác</translation>
    </message>
    <message>
        <source>In hand</source>
        <translation>Đang xử lý</translation>
    </message>
    <message>
        <source>Warnings, no call</source>
        <translation>Chú ý, không báo động</translation>
    </message>
    <message>
        <source>In maintenance</source>
        <translation>Đang bảo trì</translation>
    </message>
    <message>
        <source>Cleared, not closed</source>
        <translation>Đã hết, chưa đóng</translation>
    </message>
    <message>
        <source>Shelved</source>
        <translation>Tạm gác</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Đã đóng</translation>
    </message>
    <message>
        <source>{count} more under this cause, {over} of them over</source>
        <translation>còn {count} theo nguyên nhân này, {over} đã hết</translation>
    </message>
    <message>
        <source>{count} more under this cause</source>
        <translation>còn {count} theo nguyên nhân này</translation>
    </message>
    <message>
        <source>Since ({zone})</source>
        <translation>Từ lúc ({zone})</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Ở đâu</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>Nơi</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Vấn đề</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>1 giờ qua</translation>
    </message>
    <message>
        <source>Now (limit)</source>
        <translation>Hiện tại (ngưỡng)</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Maintenance for …</source>
        <translation>Bảo trì cho …</translation>
    </message>
    <message>
        <source>Show by cause, or singly</source>
        <translation>Hiện theo nguyên nhân, hoặc từng cái</translation>
    </message>
    <message>
        <source>Clear the filter or the choice</source>
        <translation>Xóa bộ lọc hoặc lựa chọn</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Sơ đồ</translation>
    </message>
    <message>
        <source>Fold, unfold</source>
        <translation>Gập, mở</translation>
    </message>
    <message>
        <source>Choose more</source>
        <translation>Chọn thêm</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>Chọn tất cả</translation>
    </message>
    <message>
        <source>{count} open, {new} need you</source>
        <translation>{count} đang mở, {new} cần xử lý</translation>
    </message>
    <message>
        <source>Choose a row to see what to do and what happened</source>
        <translation>Chọn một dòng để xem cần làm gì và đã xảy ra gì</translation>
    </message>
    <message>
        <source>Nothing is watched: the inventory is empty</source>
        <translation>Không giám sát gì: danh mục thiết bị trống</translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation>Chưa đọc gì</translation>
    </message>
    <message>
        <source>Nothing needs you. No call in the last 24 hours</source>
        <translation>Không có việc cần xử lý. Không có báo động trong 24 giờ qua</translation>
    </message>
    <message>
        <source>Nothing needs you. Last call {time} ({where})</source>
        <translation>Không có việc cần xử lý. Báo động gần nhất {time} ({where})</translation>
    </message>
    <message>
        <source>, closed {time} by {who}</source>
        <translation>, {who} đóng lúc {time}</translation>
    </message>
    <message>
        <source>, cleared {time}</source>
        <translation>, hết lúc {time}</translation>
    </message>
    <message>
        <source>inferred</source>
        <translation>suy ra</translation>
    </message>
    <message>
        <source>comes and goes</source>
        <translation>chập chờn</translation>
    </message>
    <message>
        <source>{count} in 10 min</source>
        <translation>{count} trong 10 phút</translation>
    </message>
    <message>
        <source>Inferred: nobody monitors it, but all that hangs on it is silent</source>
        <translation>Suy ra: không được giám sát trực tiếp, nhưng mọi thứ phụ thuộc đều im lặng</translation>
    </message>
    <message>
        <source>It looks alike: {where} dead, {link} down</source>
        <translation>Không phân biệt được: {where} hỏng, {link} đứt</translation>
    </message>
    <message>
        <source>Its cause: {where}, {what} (#{number})</source>
        <translation>Nguyên nhân: {where}, {what} (#{number})</translation>
    </message>
    <message>
        <source>{count} symptoms: {figures}</source>
        <translation>{count} cảnh báo kéo theo: {figures}</translation>
    </message>
    <message>
        <source>Flood</source>
        <translation>Bão cảnh báo</translation>
    </message>
    <message>
        <source>shown by cause</source>
        <translation>hiện theo nguyên nhân</translation>
    </message>
    <message>
        <source>shown singly</source>
        <translation>hiện từng cái</translation>
    </message>
    <message>
        <source>Flood: {count} calls in 10 min; {form}</source>
        <translation>Bão cảnh báo: {count} báo động trong 10 phút; {form}</translation>
    </message>
    <message>
        <source>{causes} causes, {symptoms} symptoms</source>
        <translation>{causes} nguyên nhân, {symptoms} kéo theo</translation>
    </message>
    <message>
        <source>Show singly</source>
        <translation>Hiện từng cái</translation>
    </message>
    <message>
        <source>Show by cause</source>
        <translation>Hiện theo nguyên nhân</translation>
    </message>
    <message>
        <source>Older ones cannot be read: {why}</source>
        <translation>Không đọc được các mục cũ: {why}</translation>
    </message>
    <message>
        <source>reading older ones…</source>
        <translation>đang đọc các mục cũ…</translation>
    </message>
</context>
<context>
    <name>backend</name>
    <message>
        <source>Replay of {name} at {speed} times its speed: nothing here is live, and nothing is kept</source>
        <translation>Phát lại {name} nhanh gấp {speed}: không có gì là trực tiếp, và không lưu gì</translation>
    </message>
    <message>
        <source>Conditions left out: {count}. {first} (noc-console conditions check tells all)</source>
        <translation>Điều kiện bị bỏ qua: {count}. {first} (noc-console conditions check cho biết tất cả)</translation>
    </message>
    <message>
        <source>Profiles left out: {first} (noc-console profiles check FILE tells all)</source>
        <translation>Hồ sơ thiết bị bị bỏ qua: {first} (noc-console profiles check FILE cho biết tất cả)</translation>
    </message>
</context>
<context>
    <name>cause</name>
    <message>
        <source>{names} and {count} more</source>
        <translation>{names} và {count} mục nữa</translation>
    </message>
    <message>
        <source>{names} and {last}</source>
        <translation>{names} và {last}</translation>
    </message>
    <message>
        <source>in {names}</source>
        <translation>trong {names}</translation>
    </message>
    <message>
        <source>behind {names}</source>
        <translation>phía sau {names}</translation>
    </message>
    <message>
        <source>fed by {names}</source>
        <translation>lấy nguồn từ {names}</translation>
    </message>
    <message>
        <source>feeds {names}</source>
        <translation>cấp nguồn cho {names}</translation>
    </message>
    <message>
        <source>cooled by {names}</source>
        <translation>được {names} làm mát</translation>
    </message>
    <message>
        <source>link to {names}</source>
        <translation>liên kết tới {names}</translation>
    </message>
    <message>
        <source>GPU of {names}</source>
        <translation>GPU của {names}</translation>
    </message>
    <message>
        <source>BMC of {names}</source>
        <translation>BMC của {names}</translation>
    </message>
    <message>
        <source>part of {names}</source>
        <translation>bộ phận của {names}</translation>
    </message>
    <message>
        <source>asked with {names}</source>
        <translation>dùng thông tin đăng nhập {names}</translation>
    </message>
    <message>
        <source>placed by hand</source>
        <translation>xếp bằng tay</translation>
    </message>
    <message>
        <source>or the link {first} ↔ {second}</source>
        <translation>hoặc liên kết {first} ↔ {second}</translation>
    </message>
    <message>
        <source>cause · {count}</source>
        <translation>nguyên nhân · {count}</translation>
    </message>
</context>
<context>
    <name>commands</name>
    <message>
        <source>Maintenance ended: {title}</source>
        <translation>Đã kết thúc bảo trì: {title}</translation>
    </message>
    <message>
        <source>Maintenance planned: {title}</source>
        <translation>Đã lên lịch bảo trì: {title}</translation>
    </message>
    <message>
        <source>{count} given to nobody</source>
        <translation>{count} không giao cho ai</translation>
    </message>
    <message>
        <source>{count} taken</source>
        <translation>Đã nhận {count}</translation>
    </message>
    <message>
        <source>{count} given to {who}</source>
        <translation>Đã giao {count} cho {who}</translation>
    </message>
    <message>
        <source>{count} pulled out</source>
        <translation>Đã tách {count}</translation>
    </message>
    <message>
        <source>{count} put under a cause</source>
        <translation>Đã đặt {count} dưới nguyên nhân</translation>
    </message>
    <message>
        <source>{count} acknowledged</source>
        <translation>Đã xác nhận {count}</translation>
    </message>
    <message>
        <source>{count} taken back</source>
        <translation>Đã bỏ xác nhận {count}</translation>
    </message>
    <message>
        <source>{count} commented</source>
        <translation>Đã ghi chú {count}</translation>
    </message>
    <message>
        <source>{count} closed</source>
        <translation>Đã đóng {count}</translation>
    </message>
    <message>
        <source>{count} shelved</source>
        <translation>Đã tạm gác {count}</translation>
    </message>
    <message>
        <source>{count} taken off the shelf</source>
        <translation>Đã bỏ tạm gác {count}</translation>
    </message>
    <message>
        <source>{count} undone</source>
        <translation>Đã hoàn tác {count}</translation>
    </message>
    <message>
        <source>{count} undone, {left} left: changed since</source>
        <translation>Đã hoàn tác {count}, giữ {left}: đã thay đổi sau đó</translation>
    </message>
    <message>
        <source>Not stored: the disk is full. Free space, then press A again</source>
        <translation>Chưa lưu: đĩa đầy. Giải phóng đĩa rồi bấm A lại</translation>
    </message>
    <message>
        <source>Not stored: the store does not answer. Press A again when it does</source>
        <translation>Chưa lưu: kho dữ liệu không trả lời. Bấm A lại khi có trả lời</translation>
    </message>
    <message>
        <source>Not done: {why}</source>
        <translation>Chưa làm: {why}</translation>
    </message>
</context>
<context>
    <name>device</name>
    <message>
        <source>What to do</source>
        <translation>Cần làm gì</translation>
    </message>
    <message>
        <source>since {time}, {age}</source>
        <translation>từ {time}, {age}</translation>
    </message>
    <message>
        <source>SN {serial}</source>
        <translation>SN {serial}</translation>
    </message>
    <message>
        <source>slot {place}</source>
        <translation>khe {place}</translation>
    </message>
    <message>
        <source>affects {process}</source>
        <translation>ảnh hưởng đến {process}</translation>
    </message>
    <message>
        <source>Slurm job {name}</source>
        <translation>công việc Slurm {name}</translation>
    </message>
    <message>
        <source>pod {name}</source>
        <translation>pod {name}</translation>
    </message>
    <message>
        <source>{count} more: {alarms}</source>
        <translation>còn {count}: {alarms}</translation>
    </message>
    <message>
        <source>Acknowledge {name}: a note if you like, Enter sends, Esc drops</source>
        <translation>Xác nhận {name}: ghi chú nếu cần, Enter gửi, Esc bỏ</translation>
    </message>
    <message>
        <source>Comment on {name}: Enter sends, Esc drops</source>
        <translation>Ghi chú cho {name}: Enter gửi, Esc bỏ</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Kiểu máy</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>Sản phẩm</translation>
    </message>
    <message>
        <source>Serial</source>
        <translation>Số sê-ri</translation>
    </message>
    <message>
        <source>Firmware</source>
        <translation>Firmware</translation>
    </message>
    <message>
        <source>Driver</source>
        <translation>Driver</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Hệ thống</translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation>Tự xưng tên</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>Đã chạy</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>Trả lời</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>chưa hỏi</translation>
    </message>
    <message>
        <source>{why}, last answer {age}</source>
        <translation>{why}, trả lời cuối {age}</translation>
    </message>
    <message>
        <source>in {duration}, {age}</source>
        <translation>trong {duration}, {age}</translation>
    </message>
    <message>
        <source>No answer for {duration}</source>
        <translation>Không trả lời {duration}</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>Còn</translation>
    </message>
    <message>
        <source>Mem °C</source>
        <translation>Mem °C</translation>
    </message>
    <message>
        <source>Power W</source>
        <translation>Điện W</translation>
    </message>
    <message>
        <source>MHz</source>
        <translation>MHz</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Tải</translation>
    </message>
    <message>
        <source>Memory GiB</source>
        <translation>Bộ nhớ GiB</translation>
    </message>
    <message>
        <source>ECC</source>
        <translation>ECC</translation>
    </message>
    <message>
        <source>Throttle</source>
        <translation>Giảm xung</translation>
    </message>
    <message>
        <source>Age</source>
        <translation>Trước</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>none</source>
        <translation>không</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Cổng</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tốc độ</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Vào</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Ra</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>Lỗi</translation>
    </message>
    <message>
        <source>Neighbour</source>
        <translation>Thiết bị lân cận</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>Căn cứ</translation>
    </message>
    <message>
        <source>Alias</source>
        <translation>Mô tả cổng</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Cổng</translation>
    </message>
    <message>
        <source>off by hand</source>
        <translation>tắt bằng tay</translation>
    </message>
    <message>
        <source>up</source>
        <translation>hoạt động</translation>
    </message>
    <message>
        <source>down</source>
        <translation>mất</translation>
    </message>
    <message>
        <source>{found}: {instead} is here, not as planned</source>
        <translation>{found}: ở đây là {instead}, khác kế hoạch</translation>
    </message>
    <message>
        <source>planned, not found</source>
        <translation>có trong kế hoạch, không tìm thấy</translation>
    </message>
    <message>
        <source>{found}, not in the plan</source>
        <translation>{found}, ngoài kế hoạch</translation>
    </message>
    <message>
        <source>{found}, as planned</source>
        <translation>{found}, đúng kế hoạch</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>theo kế hoạch</translation>
    </message>
    <message>
        <source>device</source>
        <translation>thiết bị</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>Cảm biến</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Đại lượng</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>Hiện tại</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>Ngưỡng</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>Cảm biến</translation>
    </message>
    <message>
        <source>feed</source>
        <translation>nguồn</translation>
    </message>
    <message>
        <source>cooled by</source>
        <translation>làm mát bởi</translation>
    </message>
    <message>
        <source>feeds</source>
        <translation>cấp nguồn cho</translation>
    </message>
    <message>
        <source>cools</source>
        <translation>làm mát cho</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Tải</translation>
    </message>
    <message>
        <source>Neighbours</source>
        <translation>Thiết bị lân cận</translation>
    </message>
    <message>
        <source>Time ({zone})</source>
        <translation>Giờ ({zone})</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Đã xảy ra</translation>
    </message>
    <message>
        <source>What happened here</source>
        <translation>Đã xảy ra ở đây</translation>
    </message>
    <message>
        <source>units {first}–{last}</source>
        <translation>U {first}–{last}</translation>
    </message>
    <message>
        <source>unit {unit}</source>
        <translation>U {unit}</translation>
    </message>
    <message>
        <source>Not asked yet</source>
        <translation>Chưa hỏi</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Không trả lời</translation>
    </message>
    <message>
        <source>stale</source>
        <translation>dữ liệu cũ</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <source>No device chosen. Choose one on the map or in an alarm, or press Ctrl+K.</source>
        <translation>Chưa chọn thiết bị. Hãy chọn trên sơ đồ hoặc trong cảnh báo, hoặc bấm Ctrl+K.</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>Ghi chú</translation>
    </message>
    <message>
        <source>Take the acknowledgement back</source>
        <translation>Bỏ xác nhận</translation>
    </message>
    <message>
        <source>On the map</source>
        <translation>Trên sơ đồ</translation>
    </message>
    <message>
        <source>Copy facts</source>
        <translation>Chép thông tin</translation>
    </message>
    <message>
        <source>Copy for a support case</source>
        <translation>Chép cho yêu cầu hỗ trợ</translation>
    </message>
    <message>
        <source>Confirm the host key…</source>
        <translation>Xác nhận khóa máy chủ…</translation>
    </message>
    <message>
        <source>Enter the passphrase…</source>
        <translation>Nhập mật khẩu khóa…</translation>
    </message>
    <message>
        <source>No neighbour is planned, none was found</source>
        <translation>Không có thiết bị lân cận trong kế hoạch, cũng không tìm thấy</translation>
    </message>
    <message>
        <source>No alarm of this device is kept</source>
        <translation>Không lưu cảnh báo nào của thiết bị này</translation>
    </message>
    <message>
        <source>Next part</source>
        <translation>Phần kế tiếp</translation>
    </message>
    <message>
        <source>Open neighbour</source>
        <translation>Mở thiết bị lân cận</translation>
    </message>
    <message>
        <source>One alarm hangs on it: {names}.</source>
        <translation>Một cảnh báo kéo theo: {names}.</translation>
    </message>
    <message>
        <source>{count} alarms hang on it: {names}.</source>
        <translation>{count} cảnh báo kéo theo: {names}.</translation>
    </message>
    <message>
        <source>Other GPUs with an alarm: {names}.</source>
        <translation>GPU khác cũng có cảnh báo: {names}.</translation>
    </message>
    <message>
        <source>The other {count} GPUs have no alarm.</source>
        <translation>{count} GPU còn lại không có cảnh báo.</translation>
    </message>
    <message>
        <source>A restart of {device} stops the work on {count} GPUs.</source>
        <translation>Khởi động lại {device} sẽ dừng việc trên {count} GPU.</translation>
    </message>
    <message>
        <source>A restart of {device} stops the work on {count} GPUs, and takes down {ports}.</source>
        <translation>Khởi động lại {device} sẽ dừng việc trên {count} GPU và làm mất {ports}.</translation>
    </message>
</context>
<context>
    <name>discover</name>
    <message>
        <source>Discover devices</source>
        <translation>Dò tìm thiết bị</translation>
    </message>
    <message>
        <source>Addresses</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>Follow neighbours of</source>
        <translation>Dò theo lân cận của</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>Trong phạm vi</translation>
    </message>
    <message>
        <source>Credentials</source>
        <translation>Thông tin đăng nhập</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Bắt đầu</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Hủy</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Lưu thành…</translation>
    </message>
    <message>
        <source>{asked} of {known} asked, {answered} answer</source>
        <translation>Đã hỏi {asked} trên {known}, {answered} trả lời</translation>
    </message>
    <message>
        <source>{devices} devices, {links} links</source>
        <translation>{devices} thiết bị, {links} liên kết</translation>
    </message>
    <message>
        <source>Cancelled: {devices} devices, {links} links</source>
        <translation>Đã hủy: {devices} thiết bị, {links} liên kết</translation>
    </message>
    <message>
        <source>new</source>
        <translation>mới</translation>
    </message>
    <message>
        <source>Written: {file}. Review it before you use it</source>
        <translation>Đã ghi: {file}. Hãy xem lại trước khi dùng</translation>
    </message>
    <message>
        <source>{file} is there already: choose another name</source>
        <translation>{file} đã có: hãy chọn tên khác</translation>
    </message>
    <message>
        <source>{file} cannot be written</source>
        <translation>Không ghi được {file}</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Địa chỉ</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Loại thiết bị</translation>
    </message>
    <message>
        <source>Credential</source>
        <translation>Thông tin đăng nhập</translation>
    </message>
    <message>
        <source>In the inventory</source>
        <translation>Trong danh mục</translation>
    </message>
</context>
<context>
    <name>ends</name>
    <message>
        <source>14:40, 11-25 14:40, 90m</source>
        <translation>14:40, 11-25 14:40, 90m</translation>
    </message>
    <message>
        <source>End</source>
        <translation>Kết thúc</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>Cần lý do</translation>
    </message>
    <message>
        <source>No time to come: 14:40, 11-25 14:40 or 90m</source>
        <translation>Không phải thời điểm sắp tới: 14:40, 11-25 14:40 hoặc 90m</translation>
    </message>
    <message>
        <source>no end</source>
        <translation>không hạn</translation>
    </message>
    <message>
        <source>{hours} h</source>
        <translation>{hours} giờ</translation>
    </message>
    <message>
        <source>until tomorrow&apos;s shift</source>
        <translation>đến ca ngày mai</translation>
    </message>
    <message>
        <source>own time…</source>
        <translation>thời điểm khác…</translation>
    </message>
</context>
<context>
    <name>frame</name>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>A part of the window failed ({error}). The log says more</source>
        <translation>Một phần của cửa sổ gặp lỗi ({error}). Xem thêm trong nhật ký</translation>
    </message>
    <message>
        <source>Worst call</source>
        <translation>Báo động nặng nhất</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Mở</translation>
    </message>
    <message>
        <source>{count} symptoms folded</source>
        <translation>gộp {count} kéo theo</translation>
    </message>
    <message>
        <source>nobody has it yet</source>
        <translation>chưa có người nhận</translation>
    </message>
    <message>
        <source>given to {who}</source>
        <translation>đã giao {who}</translation>
    </message>
    <message>
        <source>+{count} more calls</source>
        <translation>+{count} báo động nữa</translation>
    </message>
    <message>
        <source>Go to a device, place, alarm or view</source>
        <translation>Đến thiết bị, nơi, cảnh báo hoặc màn hình</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Phím tắt</translation>
    </message>
    <message>
        <source>Nothing read yet</source>
        <translation>Chưa đọc gì</translation>
    </message>
    <message>
        <source>Last change {time}</source>
        <translation>Thay đổi cuối {time}</translation>
    </message>
    <message>
        <source>stored {time}</source>
        <translation>đã lưu {time}</translation>
    </message>
    <message>
        <source>{count} devices</source>
        <translation>{count} thiết bị</translation>
    </message>
    <message>
        <source>Nothing needs you</source>
        <translation>Không có việc cần xử lý</translation>
    </message>
    <message>
        <source>View: {title}</source>
        <translation>Màn hình: {title}</translation>
    </message>
    <message>
        <source>Site: {title}</source>
        <translation>Địa điểm: {title}</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>Mọi địa điểm</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Mọi nơi</translation>
    </message>
    <message>
        <source>Whole window, or back (Shift+F11)</source>
        <translation>Cả cửa sổ, hoặc trở lại (Shift+F11)</translation>
    </message>
    <message>
        <source>Views</source>
        <translation>Màn hình</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>Show one site only</source>
        <translation>Chỉ hiện một địa điểm</translation>
    </message>
    <message>
        <source>{count} new</source>
        <translation>{count} mới</translation>
    </message>
    <message>
        <source>{severity}: {count} open, {new} not acknowledged</source>
        <translation>{severity}: {count} đang mở, {new} chưa xác nhận</translation>
    </message>
    <message>
        <source>folded</source>
        <translation>gộp</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>tạm gác</translation>
    </message>
    <message>
        <source>maint.</source>
        <translation>bảo trì</translation>
    </message>
    <message>
        <source>{count} folded</source>
        <translation>{count} gộp</translation>
    </message>
    <message>
        <source>Symptoms that hang off another alarm and do not call</source>
        <translation>Cảnh báo kéo theo từ cảnh báo khác, không báo động</translation>
    </message>
    <message>
        <source>{count} shelved</source>
        <translation>{count} tạm gác</translation>
    </message>
    <message>
        <source>Alarms that a person made silent, each with its end</source>
        <translation>Cảnh báo được tạm gác, mỗi cái có hạn</translation>
    </message>
    <message>
        <source>{count} in maintenance</source>
        <translation>{count} đang bảo trì</translation>
    </message>
    <message>
        <source>Maintenance windows that run now: {count}</source>
        <translation>Đợt bảo trì đang chạy: {count}</translation>
    </message>
    <message>
        <source>Calls in 10 min</source>
        <translation>Báo động/10 phút</translation>
    </message>
    <message>
        <source>FLOOD</source>
        <translation>BÃO CẢNH BÁO</translation>
    </message>
    <message>
        <source>{count} calls in the last 10 minutes</source>
        <translation>{count} báo động trong 10 phút qua</translation>
    </message>
    <message>
        <source>1 is right, 2 is the most that is manageable, above 10 is a flood</source>
        <translation>1 là tốt, 2 là mức tối đa xử lý được, trên 10 là bão cảnh báo</translation>
    </message>
    <message>
        <source>Go to a device, place or alarm</source>
        <translation>Đến thiết bị, nơi hoặc cảnh báo</translation>
    </message>
    <message>
        <source>Acting as {who}</source>
        <translation>Thao tác với tên {who}</translation>
    </message>
    <message>
        <source>Collectors {count}</source>
        <translation>Bộ thu thập {count}</translation>
    </message>
    <message>
        <source>{collector} silent {duration}</source>
        <translation>{collector} im lặng {duration}</translation>
    </message>
    <message>
        <source>nothing asked yet</source>
        <translation>chưa hỏi gì</translation>
    </message>
    <message>
        <source>{share} answer · {late} late</source>
        <translation>{share} trả lời · {late} trễ</translation>
    </message>
    <message>
        <source>{n} of {m} devices answer</source>
        <translation>{n} trên {m} thiết bị trả lời</translation>
    </message>
    <message>
        <source>{collector}: {devices} devices, {polls} polls, {failed} failed, {late} late, {behind} behind</source>
        <translation>{collector}: {devices} thiết bị, {polls} lượt thu thập, {failed} hỏng, {late} trễ, chậm {behind}</translation>
    </message>
    <message>
        <source>{collector}: {received} received on port {port}, {refused} refused, {malformed} malformed</source>
        <translation>{collector}: nhận {received} ở cổng {port}, từ chối {refused}, sai dạng {malformed}</translation>
    </message>
    <message>
        <source>No profile describes</source>
        <translation>Không hồ sơ thiết bị nào mô tả</translation>
    </message>
    <message>
        <source>From unknown addresses</source>
        <translation>Từ địa chỉ lạ</translation>
    </message>
    <message>
        <source>Last two hours</source>
        <translation>Hai giờ qua</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>báo động</translation>
    </message>
    <message>
        <source>open</source>
        <translation>đang mở</translation>
    </message>
    <message>
        <source>people</source>
        <translation>người</translation>
    </message>
    <message>
        <source>No calls in the last two hours</source>
        <translation>Không có báo động trong hai giờ qua</translation>
    </message>
    <message>
        <source>LIVE</source>
        <translation>TRỰC TIẾP</translation>
    </message>
    <message>
        <source>You see now</source>
        <translation>Đang xem hiện tại</translation>
    </message>
    <message>
        <source>Undo (Ctrl+Z)</source>
        <translation>Hoàn tác (Ctrl+Z)</translation>
    </message>
    <message>
        <source>Starting: what is stored is opened. A database of an older version is changed first, once</source>
        <translation>Đang khởi động: đang mở dữ liệu đã lưu. Cơ sở dữ liệu của phiên bản cũ được chuyển đổi một lần trước đó</translation>
    </message>
    <message>
        <source>{count} more mistakes: noc-console check tells all</source>
        <translation>còn {count} lỗi: noc-console check cho biết tất cả</translation>
    </message>
    <message>
        <source>Nothing is stored now: {why}. Alarms still show; acknowledgements must wait</source>
        <translation>Hiện không lưu được gì: {why}. Cảnh báo vẫn hiện; việc xác nhận phải chờ</translation>
    </message>
    <message>
        <source>Alarms stored by an older version are made ready to be searched, the newest first: {share} %</source>
        <translation>Đang chuẩn bị để tìm kiếm các cảnh báo do phiên bản cũ lưu, mới nhất trước: {share} %</translation>
    </message>
    <message>
        <source>Choose a device first</source>
        <translation>Hãy chọn thiết bị trước</translation>
    </message>
    <message>
        <source>{device} is being asked</source>
        <translation>Đang hỏi {device}</translation>
    </message>
    <message>
        <source>Shelf ends in {duration}, then it calls again: {where}</source>
        <translation>Hết tạm gác sau {duration}, sẽ báo động lại: {where}</translation>
    </message>
</context>
<context>
    <name>language</name>
    <message>
        <source>{language} is not translated yet: texts are English, numbers and dates follow {language}</source>
        <translation>{language} chưa được dịch: chữ là tiếng Anh, số và ngày theo {language}</translation>
    </message>
    <message>
        <source>{language}: {done} of {all} texts are translated, the others are English</source>
        <translation>{language}: đã dịch {done} trên {all} mục, còn lại là tiếng Anh</translation>
    </message>
</context>
<context>
    <name>maintenance</name>
    <message>
        <source>device, rack, site or label=value, divided by commas</source>
        <translation>thiết bị, tủ rack, địa điểm hoặc nhãn=giá trị, cách nhau bằng dấu phẩy</translation>
    </message>
    <message>
        <source>now, 22:00, 11-25 22:00</source>
        <translation>bây giờ, 22:00, 11-25 22:00</translation>
    </message>
    <message>
        <source>02:00, 11-26 02:00, 4h; empty = until ended</source>
        <translation>02:00, 11-26 02:00, 4h; trống = đến khi kết thúc</translation>
    </message>
    <message>
        <source>what the others see (may be empty)</source>
        <translation>tên cho người khác thấy (có thể trống)</translation>
    </message>
    <message>
        <source>why (needed)</source>
        <translation>vì sao (bắt buộc)</translation>
    </message>
    <message>
        <source>Plan it  ↵</source>
        <translation>Lên lịch  ↵</translation>
    </message>
    <message>
        <source>Maintenance windows</source>
        <translation>Các đợt bảo trì</translation>
    </message>
    <message>
        <source>End it now  (Del)</source>
        <translation>Kết thúc ngay  (Del)</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Cái gì</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Từ</translation>
    </message>
    <message>
        <source>To</source>
        <translation>Đến</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Lý do</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Tên</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>Mỗi</translation>
    </message>
    <message>
        <source>Maintenance windows: {count}</source>
        <translation>Đợt bảo trì: {count}</translation>
    </message>
    <message>
        <source>Times are those of {zone} ({offset}), now {clock}</source>
        <translation>Giờ theo {zone} ({offset}), bây giờ {clock}</translation>
    </message>
    <message>
        <source>Not known: {names}</source>
        <translation>Không biết: {names}</translation>
    </message>
    <message>
        <source>Say what is worked on: a device, rack, site or label=value</source>
        <translation>Nêu đối tượng: thiết bị, tủ rack, địa điểm hoặc nhãn=giá trị</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>Cần lý do</translation>
    </message>
    <message>
        <source>now</source>
        <translation>bây giờ</translation>
    </message>
    <message>
        <source>The begin is no time to come: 22:00, 11-25 22:00, 30m</source>
        <translation>Giờ bắt đầu không phải sắp tới: 22:00, 11-25 22:00, 30m</translation>
    </message>
    <message>
        <source>The end is no time after the begin: 02:00, 11-26 02:00, 4h</source>
        <translation>Giờ kết thúc không sau giờ bắt đầu: 02:00, 11-26 02:00, 4h</translation>
    </message>
    <message>
        <source>A window that recurs has clock times: 22:00 to 02:00</source>
        <translation>Đợt lặp lại cần giờ: 22:00 đến 02:00</translation>
    </message>
    <message>
        <source>rack {name}</source>
        <translation>tủ rack {name}</translation>
    </message>
    <message>
        <source>site {name}</source>
        <translation>địa điểm {name}</translation>
    </message>
    <message>
        <source>label {name}</source>
        <translation>nhãn {name}</translation>
    </message>
    <message>
        <source>{days} {begun} to {ends} ({zone})</source>
        <translation>{days} {begun} đến {ends} ({zone})</translation>
    </message>
    <message>
        <source>since {begun}, until it is ended ({zone})</source>
        <translation>từ {begun}, đến khi kết thúc ({zone})</translation>
    </message>
    <message>
        <source>{begun} to {ends} ({zone})</source>
        <translation>{begun} đến {ends} ({zone})</translation>
    </message>
    <message>
        <source>running</source>
        <translation>đang chạy</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>đã kết thúc</translation>
    </message>
    <message>
        <source>planned</source>
        <translation>đã lên lịch</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>T2</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>T3</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>T4</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>T5</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>T6</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>T7</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>CN</translation>
    </message>
</context>
<context>
    <name>map</name>
    <message>
        <source>Devices by place</source>
        <translation>Thiết bị theo nơi</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Trạng thái</translation>
    </message>
    <message>
        <source>core</source>
        <translation>lõi</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>spine</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>leaf</translation>
    </message>
    <message>
        <source>router</source>
        <translation>router</translation>
    </message>
    <message>
        <source>access</source>
        <translation>truy nhập</translation>
    </message>
    <message>
        <source>OLT</source>
        <translation>OLT</translation>
    </message>
    <message>
        <source>cell sites</source>
        <translation>trạm</translation>
    </message>
    <message>
        <source>servers</source>
        <translation>máy chủ</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>lưu trữ</translation>
    </message>
    <message>
        <source>power</source>
        <translation>nguồn điện</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooling</source>
        <translation>làm mát</translation>
    </message>
    <message>
        <source>Name, address, serial</source>
        <translation>Tên, địa chỉ, số sê-ri</translation>
    </message>
    <message>
        <source>Search the map</source>
        <translation>Tìm trên sơ đồ</translation>
    </message>
    <message>
        <source>{count} of {all}. Enter goes to the next</source>
        <translation>{count} trên {all}. Enter đến mục kế</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Sơ đồ</translation>
    </message>
    <message>
        <source>Map of the devices. V shows it as a list</source>
        <translation>Sơ đồ thiết bị. V hiện dạng danh sách</translation>
    </message>
    <message>
        <source>Place by hand</source>
        <translation>Xếp bằng tay</translation>
    </message>
    <message>
        <source>As a list</source>
        <translation>Dạng danh sách</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>Hiện tất cả</translation>
    </message>
    <message>
        <source>Arrange anew, forget places</source>
        <translation>Xếp lại, bỏ vị trí cũ</translation>
    </message>
    <message>
        <source>row {name}</source>
        <translation>dãy {name}</translation>
    </message>
    <message>
        <source>No site</source>
        <translation>Không có địa điểm</translation>
    </message>
    <message>
        <source>No devices: the inventory is empty.</source>
        <translation>Không có thiết bị: danh mục trống.</translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation>Chưa đọc gì</translation>
    </message>
    <message>
        <source>Drag devices, or move the chosen one with the arrows. E ends it.</source>
        <translation>Kéo thiết bị, hoặc dời thiết bị đã chọn bằng phím mũi tên. E để kết thúc.</translation>
    </message>
    <message>
        <source>Move device</source>
        <translation>Dời thiết bị</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Di chuyển</translation>
    </message>
    <message>
        <source>Zoom, fit</source>
        <translation>Phóng, vừa khung</translation>
    </message>
    <message>
        <source>Next alarm</source>
        <translation>Cảnh báo kế tiếp</translation>
    </message>
    <message>
        <source>Along a link</source>
        <translation>Theo liên kết</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>Mở thiết bị</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Tìm</translation>
    </message>
    <message>
        <source>{count} devices, {alarmed} with an alarm</source>
        <translation>{count} thiết bị, {alarmed} có cảnh báo</translation>
    </message>
    <message>
        <source>inlet °C</source>
        <translation>khí vào °C</translation>
    </message>
    <message>
        <source>link load</source>
        <translation>mức tải liên kết</translation>
    </message>
    <message>
        <source>not found as planned</source>
        <translation>không thấy như kế hoạch</translation>
    </message>
    <message>
        <source>not in the plan</source>
        <translation>ngoài kế hoạch</translation>
    </message>
</context>
<context>
    <name>passphrase</name>
    <message>
        <source>Passphrase of the key for {device}</source>
        <translation>Mật khẩu của khóa cho {device}</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>Mật khẩu khóa</translation>
    </message>
    <message>
        <source>Keep it in the keyring; otherwise until the console ends</source>
        <translation>Giữ trong kho khóa; nếu không thì đến khi đóng chương trình</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Dùng</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>Trying it on the key…</source>
        <translation>Đang thử với khóa…</translation>
    </message>
    <message>
        <source>It does not open the key</source>
        <translation>Không mở được khóa</translation>
    </message>
    <message>
        <source>It is used until the console ends: there is no keyring that keeps it</source>
        <translation>Được dùng đến khi đóng chương trình: không có kho khóa để giữ</translation>
    </message>
</context>
<context>
    <name>scenario</name>
    <message>
        <source>Demo: begin {name}</source>
        <translation>Trình diễn: bắt đầu {name}</translation>
    </message>
    <message>
        <source>Demo: repair</source>
        <translation>Trình diễn: sửa chữa</translation>
    </message>
    <message>
        <source>Demo: {name} begins soon</source>
        <translation>Trình diễn: {name} sắp bắt đầu</translation>
    </message>
    <message>
        <source>Demo: {name} since {time}. It is a simulated fault</source>
        <translation>Trình diễn: {name} từ {time}. Đây là lỗi mô phỏng</translation>
    </message>
    <message>
        <source>Repair</source>
        <translation>Sửa</translation>
    </message>
</context>
<context>
    <name>state</name>
    <message>
        <source>{collector} has been silent since {time}. {count} devices are not watched.</source>
        <translation>{collector} im lặng từ {time}. {count} thiết bị không được giám sát.</translation>
    </message>
</context>
<context>
    <name>support</name>
    <message>
        <source>Device</source>
        <translation>Thiết bị</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Bộ phận</translation>
    </message>
    <message>
        <source>Written</source>
        <translation>Viết lúc</translation>
    </message>
    <message>
        <source>  {count} times, last {time}</source>
        <translation>  {count} lần, lần cuối {time}</translation>
    </message>
    <message>
        <source>  This part reported {count} before, last Xid {xid}</source>
        <translation>  Bộ phận này đã báo {count} lần trước đó, Xid cuối {xid}</translation>
    </message>
</context>
<context>
    <name>thermal</name>
    <message>
        <source>GPUs of all servers</source>
        <translation>GPU của mọi máy chủ</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>không có dữ liệu</translation>
    </message>
    <message>
        <source>row {row}</source>
        <translation>dãy {row}</translation>
    </message>
    <message>
        <source>cooled by {name}</source>
        <translation>được {name} làm mát</translation>
    </message>
    <message>
        <source>Inlet °C</source>
        <translation>Khí vào °C</translation>
    </message>
    <message>
        <source>GPU °C</source>
        <translation>GPU °C</translation>
    </message>
    <message>
        <source>Cooler fans, rpm</source>
        <translation>Quạt điều hòa, vòng/phút</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>chú ý</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>nhẹ</translation>
    </message>
    <message>
        <source>major</source>
        <translation>nghiêm trọng</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>khẩn cấp</translation>
    </message>
    <message>
        <source>No inlet temperature is known yet.</source>
        <translation>Chưa biết nhiệt khí vào nào.</translation>
    </message>
    <message>
        <source>No GPU is over its limit.</source>
        <translation>Không GPU nào vượt ngưỡng.</translation>
    </message>
    <message>
        <source>Row {name} of {room}</source>
        <translation>Dãy {name}, {room}</translation>
    </message>
    <message>
        <source>Row {name}</source>
        <translation>Dãy {name}</translation>
    </message>
    <message>
        <source>Rack {name}</source>
        <translation>Tủ rack {name}</translation>
    </message>
    <message>
        <source>{group} warms</source>
        <translation>{group} đang nóng lên</translation>
    </message>
    <message>
        <source>{group} warms as one</source>
        <translation>{group} cùng nóng lên</translation>
    </message>
    <message>
        <source>Its cooler {cooler}: {what}</source>
        <translation>Điều hòa {cooler}: {what}</translation>
    </message>
    <message>
        <source>Its inlet rises {rate} °C per min.</source>
        <translation>Khí vào tăng {rate} °C mỗi phút.</translation>
    </message>
    <message>
        <source>{rising} of {all} inlets rise, {rate} °C per min.</source>
        <translation>{rising} trên {all} điểm khí vào tăng, {rate} °C mỗi phút.</translation>
    </message>
    <message>
        <source>Also warming: {names}.</source>
        <translation>Cũng đang nóng lên: {names}.</translation>
    </message>
    <message>
        <source>{inlets} inlets and {gpus} GPUs are over a limit.</source>
        <translation>{inlets} điểm khí vào và {gpus} GPU vượt ngưỡng.</translation>
    </message>
    <message>
        <source>{inlets} of {all} inlets are over a limit.</source>
        <translation>{inlets} trên {all} điểm khí vào vượt ngưỡng.</translation>
    </message>
    <message>
        <source>{gpus} GPUs are over a limit.</source>
        <translation>{gpus} GPU vượt ngưỡng.</translation>
    </message>
    <message>
        <source>Warmest: {names}.</source>
        <translation>Nóng nhất: {names}.</translation>
    </message>
    <message>
        <source>Inlets between {low} and {high} °C.</source>
        <translation>Khí vào từ {low} đến {high} °C.</translation>
    </message>
    <message>
        <source>No inlet has a fresh value.</source>
        <translation>Không điểm khí vào nào có số liệu mới.</translation>
    </message>
    <message>
        <source>All {count} inlets between {low} and {high} °C.</source>
        <translation>Cả {count} điểm khí vào từ {low} đến {high} °C.</translation>
    </message>
    <message>
        <source>{count} inlets have no fresh value.</source>
        <translation>{count} điểm khí vào không có số liệu mới.</translation>
    </message>
    <message>
        <source>Thermal</source>
        <translation>Nhiệt</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 phút</translation>
    </message>
    <message>
        <source>2 h</source>
        <translation>2 giờ</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 giờ</translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation>Khoảng ngắn hơn</translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation>Khoảng dài hơn</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>nhiệt độ</translation>
    </message>
    <message>
        <source>power</source>
        <translation>công suất</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>mức tải</translation>
    </message>
    <message>
        <source>Heat map by the next measure</source>
        <translation>Bản đồ nhiệt theo đại lượng kế tiếp</translation>
    </message>
    <message>
        <source>{site} · row {row}</source>
        <translation>{site} · dãy {row}</translation>
    </message>
    <message>
        <source>GPU {unit} · {count} servers</source>
        <translation>GPU {unit} · {count} máy chủ</translation>
    </message>
    <message>
        <source>{name} · times in {zone}</source>
        <translation>{name} · giờ theo {zone}</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>Con trỏ</translation>
    </message>
    <message>
        <source>Cell</source>
        <translation>Ô</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Khoảng</translation>
    </message>
    <message>
        <source>Heat by</source>
        <translation>Nhiệt theo</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>Mở thiết bị</translation>
    </message>
    <message>
        <source>{name} · reading…</source>
        <translation>{name} · đang đọc…</translation>
    </message>
    <message>
        <source>older values could not be read: {why}</source>
        <translation>không đọc được số liệu cũ: {why}</translation>
    </message>
</context>
<context>
    <name>timeline</name>
    <message>
        <source>People</source>
        <translation>Người</translation>
    </message>
    <message>
        <source>Nobody did anything in this range</source>
        <translation>Không ai làm gì trong khoảng này</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>Diễn biến</translation>
    </message>
    <message>
        <source>Alarms over time</source>
        <translation>Cảnh báo theo thời gian</translation>
    </message>
    <message>
        <source>Filter: name, text, owner</source>
        <translation>Lọc: tên, nội dung, người nhận</translation>
    </message>
    <message>
        <source>Filter of the timeline</source>
        <translation>Bộ lọc diễn biến</translation>
    </message>
    <message>
        <source>30 min</source>
        <translation>30 phút</translation>
    </message>
    <message>
        <source>2 h</source>
        <translation>2 giờ</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 giờ</translation>
    </message>
    <message>
        <source>7 d</source>
        <translation>7 ngày</translation>
    </message>
    <message>
        <source>Shorter range</source>
        <translation>Khoảng ngắn hơn</translation>
    </message>
    <message>
        <source>Longer range</source>
        <translation>Khoảng dài hơn</translation>
    </message>
    <message>
        <source>{time}: {count} stood, {calls} of them call</source>
        <translation>{time}: {count} đang mở, {calls} báo động</translation>
    </message>
    <message>
        <source>The past could not be read: {why}</source>
        <translation>Không đọc được quá khứ: {why}</translation>
    </message>
    <message>
        <source>{count} hidden by the filter</source>
        <translation>{count} bị bộ lọc ẩn</translation>
    </message>
    <message>
        <source>No alarm in this range.</source>
        <translation>Không có cảnh báo trong khoảng này.</translation>
    </message>
    <message>
        <source>No alarm in this range. The last was {time} ({where}).</source>
        <translation>Không có cảnh báo trong khoảng này. Lần cuối {time} ({where}).</translation>
    </message>
    <message>
        <source>now</source>
        <translation>bây giờ</translation>
    </message>
    <message>
        <source>Cursor</source>
        <translation>Con trỏ</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Di chuyển</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>Cảnh báo</translation>
    </message>
    <message>
        <source>Zoom, now</source>
        <translation>Phóng, hiện tại</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Khoảng</translation>
    </message>
    <message>
        <source>Open device</source>
        <translation>Mở thiết bị</translation>
    </message>
    <message>
        <source>{range}, {count} alarms</source>
        <translation>{range}, {count} cảnh báo</translation>
    </message>
    <message>
        <source> · reading…</source>
        <translation> · đang đọc…</translation>
    </message>
</context>
<context>
    <name>trust</name>
    <message>
        <source>Confirm who {device} is</source>
        <translation>Xác nhận {device} là ai</translation>
    </message>
    <message>
        <source>At the server&apos;s own console, or from whoever installed it:</source>
        <translation>Tại bàn điều khiển của máy chủ, hoặc từ người đã cài nó:</translation>
    </message>
    <message>
        <source>Fingerprint</source>
        <translation>Dấu vân tay khóa</translation>
    </message>
    <message>
        <source>The key that was confirmed before is no longer this server&apos;s</source>
        <translation>Khóa đã xác nhận trước đây không còn là của máy chủ này</translation>
    </message>
    <message>
        <source>From a file…</source>
        <translation>Từ tệp…</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>Xác nhận</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Đóng</translation>
    </message>
    <message>
        <source>A file with fingerprints or public keys</source>
        <translation>Tệp có dấu vân tay hoặc khóa công khai</translation>
    </message>
    <message>
        <source>Asking {device}…</source>
        <translation>Đang hỏi {device}…</translation>
    </message>
    <message>
        <source>This holds no fingerprint and no public key</source>
        <translation>Không có dấu vân tay hay khóa công khai nào ở đây</translation>
    </message>
    <message>
        <source>The server shows another key. Nothing was stored: find out why first</source>
        <translation>Máy chủ đưa ra khóa khác. Không lưu gì: hãy tìm hiểu vì sao trước</translation>
    </message>
    <message>
        <source>Another key is stored for it. Nothing was changed</source>
        <translation>Đã lưu khóa khác cho nó. Không thay đổi gì</translation>
    </message>
    <message>
        <source>The file of confirmed keys cannot be written</source>
        <translation>Không ghi được tệp khóa đã xác nhận</translation>
    </message>
    <message>
        <source>It is not asked over SSH</source>
        <translation>Thiết bị không được hỏi qua SSH</translation>
    </message>
</context>
<context>
    <name>words</name>
    <message>
        <source>s</source>
        <translation>giây</translation>
    </message>
    <message>
        <source>min</source>
        <translation>phút</translation>
    </message>
    <message>
        <source>h</source>
        <translation>g</translation>
    </message>
    <message>
        <source>d</source>
        <translation>ngày</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation>{duration} trước</translation>
    </message>
    <message>
        <source>critical</source>
        <translation>khẩn cấp</translation>
    </message>
    <message>
        <source>major</source>
        <translation>nghiêm trọng</translation>
    </message>
    <message>
        <source>minor</source>
        <translation>nhẹ</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>chú ý</translation>
    </message>
    <message>
        <source>indeterminate</source>
        <translation>chưa xác định</translation>
    </message>
    <message>
        <source>core switch</source>
        <translation>switch lõi</translation>
    </message>
    <message>
        <source>spine</source>
        <translation>spine</translation>
    </message>
    <message>
        <source>leaf</source>
        <translation>leaf</translation>
    </message>
    <message>
        <source>access switch</source>
        <translation>switch truy nhập</translation>
    </message>
    <message>
        <source>router</source>
        <translation>router (bộ định tuyến)</translation>
    </message>
    <message>
        <source>GPU server</source>
        <translation>máy chủ GPU</translation>
    </message>
    <message>
        <source>server</source>
        <translation>máy chủ</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>lưu trữ</translation>
    </message>
    <message>
        <source>PDU</source>
        <translation>PDU</translation>
    </message>
    <message>
        <source>UPS</source>
        <translation>UPS</translation>
    </message>
    <message>
        <source>cooler</source>
        <translation>điều hòa chính xác</translation>
    </message>
    <message>
        <source>sensor</source>
        <translation>cảm biến</translation>
    </message>
    <message>
        <source>cell site</source>
        <translation>trạm</translation>
    </message>
    <message>
        <source>OLT</source>
        <translation>OLT</translation>
    </message>
    <message>
        <source>temperature</source>
        <translation>nhiệt độ</translation>
    </message>
    <message>
        <source>memory temperature</source>
        <translation>nhiệt độ bộ nhớ</translation>
    </message>
    <message>
        <source>margin to slowdown</source>
        <translation>biên đến ngưỡng giảm xung</translation>
    </message>
    <message>
        <source>power</source>
        <translation>công suất</translation>
    </message>
    <message>
        <source>power limit</source>
        <translation>giới hạn công suất</translation>
    </message>
    <message>
        <source>utilisation</source>
        <translation>mức tải</translation>
    </message>
    <message>
        <source>CPU utilisation</source>
        <translation>mức tải CPU</translation>
    </message>
    <message>
        <source>memory used</source>
        <translation>bộ nhớ đã dùng</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>bộ nhớ</translation>
    </message>
    <message>
        <source>fan</source>
        <translation>quạt</translation>
    </message>
    <message>
        <source>clock</source>
        <translation>xung nhịp</translation>
    </message>
    <message>
        <source>memory clock</source>
        <translation>xung bộ nhớ</translation>
    </message>
    <message>
        <source>humidity</source>
        <translation>độ ẩm</translation>
    </message>
    <message>
        <source>voltage</source>
        <translation>điện áp</translation>
    </message>
    <message>
        <source>current</source>
        <translation>dòng điện</translation>
    </message>
    <message>
        <source>load</source>
        <translation>tải</translation>
    </message>
    <message>
        <source>charge</source>
        <translation>mức sạc</translation>
    </message>
    <message>
        <source>up for</source>
        <translation>đã chạy</translation>
    </message>
    <message>
        <source>status</source>
        <translation>tình trạng</translation>
    </message>
    <message>
        <source>speed</source>
        <translation>tốc độ</translation>
    </message>
    <message>
        <source>state</source>
        <translation>trạng thái</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>không trả lời</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>không trả lời kịp</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>bị từ chối kết nối</translation>
    </message>
    <message>
        <source>the credential is refused</source>
        <translation>thông tin đăng nhập bị từ chối</translation>
    </message>
    <message>
        <source>the device does not know this user</source>
        <translation>thiết bị không biết người dùng này</translation>
    </message>
    <message>
        <source>the answer cannot be read</source>
        <translation>không đọc được câu trả lời</translation>
    </message>
    <message>
        <source>the answer is cut off</source>
        <translation>câu trả lời bị cắt</translation>
    </message>
    <message>
        <source>the SSH host key has changed</source>
        <translation>khóa SSH của máy đã thay đổi</translation>
    </message>
    <message>
        <source>the SSH host key is not known yet</source>
        <translation>chưa biết khóa SSH của máy</translation>
    </message>
    <message>
        <source>the secret is missing</source>
        <translation>thiếu mật khẩu</translation>
    </message>
    <message>
        <source>the disk is full</source>
        <translation>đĩa đầy</translation>
    </message>
    <message>
        <source>the store does not answer</source>
        <translation>kho dữ liệu không trả lời</translation>
    </message>
    <message>
        <source>the alarm is no longer there</source>
        <translation>cảnh báo không còn</translation>
    </message>
    <message>
        <source>the console has not started yet</source>
        <translation>chương trình chưa khởi động xong</translation>
    </message>
    <message>
        <source>the console itself failed at it; its log says where</source>
        <translation>chương trình tự gặp lỗi; nhật ký cho biết chỗ</translation>
    </message>
    <message>
        <source>the server refuses the key</source>
        <translation>máy chủ từ chối khóa</translation>
    </message>
    <message>
        <source>the server takes no keys</source>
        <translation>máy chủ không nhận khóa</translation>
    </message>
    <message>
        <source>the server refuses the password</source>
        <translation>máy chủ từ chối mật khẩu</translation>
    </message>
    <message>
        <source>the server takes no passwords</source>
        <translation>máy chủ không nhận mật khẩu</translation>
    </message>
    <message>
        <source>the connection broke off</source>
        <translation>kết nối bị ngắt</translation>
    </message>
    <message>
        <source>it took too long</source>
        <translation>quá lâu</translation>
    </message>
    <message>
        <source>SSH could not be agreed on</source>
        <translation>không thỏa thuận được SSH</translation>
    </message>
    <message>
        <source>the jump host refuses the way on</source>
        <translation>máy trung gian từ chối chuyển tiếp</translation>
    </message>
    <message>
        <source>too many jump hosts</source>
        <translation>quá nhiều máy trung gian</translation>
    </message>
    <message>
        <source>the name has no address</source>
        <translation>tên không có địa chỉ</translation>
    </message>
    <message>
        <source>there is no way to it</source>
        <translation>không có đường tới thiết bị</translation>
    </message>
    <message>
        <source>no SSH server answers there</source>
        <translation>không có máy chủ SSH trả lời ở đó</translation>
    </message>
    <message>
        <source>no SSH algorithm that both accept</source>
        <translation>không có thuật toán SSH chung</translation>
    </message>
    <message>
        <source>it opens no further channel</source>
        <translation>không mở thêm được kênh</translation>
    </message>
    <message>
        <source>the account may not see this</source>
        <translation>tài khoản không được xem phần này</translation>
    </message>
    <message>
        <source>the device reports an error</source>
        <translation>thiết bị báo lỗi</translation>
    </message>
    <message>
        <source>the device asks again and again</source>
        <translation>thiết bị hỏi lại liên tục</translation>
    </message>
    <message>
        <source>the answer is too long</source>
        <translation>câu trả lời quá dài</translation>
    </message>
    <message>
        <source>the command before is still running</source>
        <translation>lệnh trước còn đang chạy</translation>
    </message>
    <message>
        <source>the device does not support this security level</source>
        <translation>thiết bị không hỗ trợ mức bảo mật này</translation>
    </message>
    <message>
        <source>the authentication password is wrong</source>
        <translation>sai mật khẩu xác thực</translation>
    </message>
    <message>
        <source>the privacy password is wrong</source>
        <translation>sai mật khẩu mã hóa</translation>
    </message>
    <message>
        <source>the device does not know this context</source>
        <translation>thiết bị không biết context này</translation>
    </message>
    <message>
        <source>the context is not available now</source>
        <translation>context hiện không dùng được</translation>
    </message>
    <message>
        <source>the tool finds no GPU</source>
        <translation>công cụ không thấy GPU nào</translation>
    </message>
    <message>
        <source>the GPU driver does not answer</source>
        <translation>driver GPU không trả lời</translation>
    </message>
    <message>
        <source>it is not asked this way</source>
        <translation>không được hỏi theo cách này</translation>
    </message>
    <message>
        <source>the secret cannot be used as it is</source>
        <translation>mật khẩu không dùng được như vậy</translation>
    </message>
    <message>
        <source>no credential is set for it</source>
        <translation>chưa đặt thông tin đăng nhập</translation>
    </message>
    <message>
        <source>the password is missing</source>
        <translation>thiếu mật khẩu</translation>
    </message>
    <message>
        <source>the passphrase of the key is missing</source>
        <translation>thiếu mật khẩu của khóa</translation>
    </message>
    <message>
        <source>the passphrase does not open the key</source>
        <translation>mật khẩu không mở được khóa</translation>
    </message>
    <message>
        <source>the key file is not there</source>
        <translation>không có tệp khóa</translation>
    </message>
    <message>
        <source>the key file cannot be read</source>
        <translation>không đọc được tệp khóa</translation>
    </message>
    <message>
        <source>the permission is missing</source>
        <translation>thiếu quyền</translation>
    </message>
    <message>
        <source>a reason is missing</source>
        <translation>thiếu lý do</translation>
    </message>
    <message>
        <source>the text is empty</source>
        <translation>nội dung trống</translation>
    </message>
    <message>
        <source>an end is missing</source>
        <translation>thiếu hạn kết thúc</translation>
    </message>
    <message>
        <source>the end is in the past</source>
        <translation>hạn đã qua</translation>
    </message>
    <message>
        <source>it is so already</source>
        <translation>đã như vậy rồi</translation>
    </message>
    <message>
        <source>there is nothing to undo</source>
        <translation>không có gì để hoàn tác</translation>
    </message>
    <message>
        <source>it is too late for that</source>
        <translation>đã quá muộn</translation>
    </message>
    <message>
        <source>it has changed since</source>
        <translation>đã thay đổi từ đó</translation>
    </message>
    <message>
        <source>this cannot be done to it</source>
        <translation>không làm được việc này</translation>
    </message>
    <message>
        <source>it would stand under its own symptom</source>
        <translation>nó sẽ nằm dưới cảnh báo kéo theo của chính nó</translation>
    </message>
    <message>
        <source>it cannot stand under itself</source>
        <translation>không thể nằm dưới chính nó</translation>
    </message>
    <message>
        <source>that cause is closed</source>
        <translation>nguyên nhân đó đã đóng</translation>
    </message>
    <message>
        <source>the maintenance window is no longer there</source>
        <translation>đợt bảo trì không còn</translation>
    </message>
    <message>
        <source>the time cannot be right</source>
        <translation>thời điểm không hợp lệ</translation>
    </message>
    <message>
        <source>the end is before the begin</source>
        <translation>kết thúc trước bắt đầu</translation>
    </message>
    <message>
        <source>it covers nothing</source>
        <translation>không có đối tượng nào</translation>
    </message>
    <message>
        <source>the device is not in the inventory</source>
        <translation>thiết bị không có trong danh mục</translation>
    </message>
    <message>
        <source>the rack is not in the inventory</source>
        <translation>tủ rack không có trong danh mục</translation>
    </message>
    <message>
        <source>the site is not in the inventory</source>
        <translation>địa điểm không có trong danh mục</translation>
    </message>
    <message>
        <source>no device has this label</source>
        <translation>không thiết bị nào có nhãn này</translation>
    </message>
    <message>
        <source>the time zone is not known</source>
        <translation>không biết múi giờ này</translation>
    </message>
    <message>
        <source>days or times of the recurrence cannot be right</source>
        <translation>ngày hoặc giờ lặp lại không hợp lệ</translation>
    </message>
    <message>
        <source>raised</source>
        <translation>phát sinh</translation>
    </message>
    <message>
        <source>severity changed</source>
        <translation>đổi mức độ</translation>
    </message>
    <message>
        <source>cleared</source>
        <translation>đã hết</translation>
    </message>
    <message>
        <source>acknowledged</source>
        <translation>đã xác nhận</translation>
    </message>
    <message>
        <source>acknowledgement taken back</source>
        <translation>bỏ xác nhận</translation>
    </message>
    <message>
        <source>commented</source>
        <translation>ghi chú</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>đã đóng</translation>
    </message>
    <message>
        <source>opened again</source>
        <translation>đã mở lại</translation>
    </message>
    <message>
        <source>shelved</source>
        <translation>tạm gác</translation>
    </message>
    <message>
        <source>shelf ends soon</source>
        <translation>sắp hết tạm gác</translation>
    </message>
    <message>
        <source>taken off the shelf</source>
        <translation>đã bỏ tạm gác</translation>
    </message>
    <message>
        <source>given to</source>
        <translation>giao cho</translation>
    </message>
    <message>
        <source>put under another cause</source>
        <translation>đặt dưới nguyên nhân khác</translation>
    </message>
    <message>
        <source>put under its cause</source>
        <translation>xếp dưới nguyên nhân</translation>
    </message>
    <message>
        <source>maintenance</source>
        <translation>bảo trì</translation>
    </message>
    <message>
        <source>taking back…</source>
        <translation>đang bỏ xác nhận…</translation>
    </message>
    <message>
        <source>commenting…</source>
        <translation>đang ghi chú…</translation>
    </message>
    <message>
        <source>closing…</source>
        <translation>đang đóng…</translation>
    </message>
    <message>
        <source>shelving…</source>
        <translation>đang tạm gác…</translation>
    </message>
    <message>
        <source>taking off the shelf…</source>
        <translation>đang bỏ tạm gác…</translation>
    </message>
    <message>
        <source>giving…</source>
        <translation>đang giao…</translation>
    </message>
    <message>
        <source>moving…</source>
        <translation>đang chuyển…</translation>
    </message>
    <message>
        <source>undoing…</source>
        <translation>đang hoàn tác…</translation>
    </message>
    <message>
        <source>it got worse</source>
        <translation>đã nặng hơn</translation>
    </message>
    <message>
        <source>its time is over</source>
        <translation>đã hết hạn</translation>
    </message>
    <message>
        <source>it has cleared</source>
        <translation>đã hết</translation>
    </message>
    <message>
        <source>along with its cause</source>
        <translation>theo nguyên nhân của nó</translation>
    </message>
    <message>
        <source>undid: {what}</source>
        <translation>hoàn tác: {what}</translation>
    </message>
    <message>
        <source>took it</source>
        <translation>đã nhận xử lý</translation>
    </message>
    <message>
        <source>gave it to {who}</source>
        <translation>đã giao cho {who}</translation>
    </message>
    <message>
        <source>gave it to nobody</source>
        <translation>không giao cho ai</translation>
    </message>
    <message>
        <source>put it under #{number}</source>
        <translation>đặt dưới #{number}</translation>
    </message>
    <message>
        <source>pulled it out of its cause</source>
        <translation>tách khỏi nguyên nhân</translation>
    </message>
    <message>
        <source>symptom of #{number}</source>
        <translation>triệu chứng của #{number}</translation>
    </message>
    <message>
        <source>a cause of its own</source>
        <translation>là một nguyên nhân riêng</translation>
    </message>
    <message>
        <source>maintenance began</source>
        <translation>bắt đầu bảo trì</translation>
    </message>
    <message>
        <source>maintenance ended</source>
        <translation>kết thúc bảo trì</translation>
    </message>
</context>
<context>
    <name>xid</name>
    <message>
        <source>Copy engine fault</source>
        <translation>Lỗi copy engine</translation>
    </message>
    <message>
        <source>GPU engine made no progress</source>
        <translation>Bộ xử lý GPU không tiến triển</translation>
    </message>
    <message>
        <source>Exception in a job&apos;s kernel</source>
        <translation>Ngoại lệ trong kernel của tác vụ</translation>
    </message>
    <message>
        <source>Memory access of a job is not allowed (MMU fault)</source>
        <translation>Tác vụ truy cập bộ nhớ trái phép (lỗi MMU)</translation>
    </message>
    <message>
        <source>Broken command stream</source>
        <translation>Luồng lệnh bị hỏng</translation>
    </message>
    <message>
        <source>Job stopped after a fault</source>
        <translation>Tác vụ bị dừng sau lỗi</translation>
    </message>
    <message>
        <source>Job was ended early</source>
        <translation>Tác vụ bị kết thúc sớm</translation>
    </message>
    <message>
        <source>Video decoder fault</source>
        <translation>Lỗi bộ giải mã video</translation>
    </message>
    <message>
        <source>Context switch did not finish</source>
        <translation>Chuyển ngữ cảnh không hoàn tất</translation>
    </message>
    <message>
        <source>Uncorrectable memory error</source>
        <translation>Lỗi bộ nhớ không sửa được</translation>
    </message>
    <message>
        <source>Bad memory row recorded: replaced at the next reset</source>
        <translation>Đã ghi nhận hàng nhớ hỏng: thay ở lần reset tới</translation>
    </message>
    <message>
        <source>Bad memory row could not be recorded</source>
        <translation>Không ghi nhận được hàng nhớ hỏng</translation>
    </message>
    <message>
        <source>Many corrected memory errors</source>
        <translation>Nhiều lỗi bộ nhớ sửa được</translation>
    </message>
    <message>
        <source>Uncorrectable memory error, contained: only its job dies</source>
        <translation>Lỗi bộ nhớ không sửa được, đã cô lập: chỉ tác vụ đó dừng</translation>
    </message>
    <message>
        <source>Uncorrectable memory error, not contained</source>
        <translation>Lỗi bộ nhớ không sửa được, không cô lập được</translation>
    </message>
    <message>
        <source>Memory channel retired</source>
        <translation>Đã loại một kênh bộ nhớ</translation>
    </message>
    <message>
        <source>Memory channel could not be retired</source>
        <translation>Không loại được kênh bộ nhớ</translation>
    </message>
    <message>
        <source>Less memory after errors</source>
        <translation>Bộ nhớ bị giảm sau lỗi</translation>
    </message>
    <message>
        <source>Uncorrectable error in the GPU&apos;s memory (HBM)</source>
        <translation>Lỗi không sửa được trong bộ nhớ GPU (HBM)</translation>
    </message>
    <message>
        <source>Uncorrectable error in the GPU&apos;s on-chip memory</source>
        <translation>Lỗi không sửa được trong bộ nhớ trên chip của GPU</translation>
    </message>
    <message>
        <source>NVLink error</source>
        <translation>Lỗi NVLink</translation>
    </message>
    <message>
        <source>Chip-to-chip link error</source>
        <translation>Lỗi liên kết giữa các chip</translation>
    </message>
    <message>
        <source>NVLink could not be trained</source>
        <translation>Không thiết lập được NVLink</translation>
    </message>
    <message>
        <source>Remote access over NVLink is not allowed</source>
        <translation>Truy cập từ xa qua NVLink trái phép</translation>
    </message>
    <message>
        <source>PCIe does not answer</source>
        <translation>PCIe không trả lời</translation>
    </message>
    <message>
        <source>Power controller of the GPU halted</source>
        <translation>Bộ điều khiển nguồn của GPU dừng</translation>
    </message>
    <message>
        <source>GPU does not answer in time</source>
        <translation>GPU không trả lời kịp</translation>
    </message>
    <message>
        <source>Power cable of the GPU is missing</source>
        <translation>Thiếu cáp nguồn của GPU</translation>
    </message>
    <message>
        <source>GPU fell off the bus</source>
        <translation>GPU rớt khỏi bus</translation>
    </message>
    <message>
        <source>Security fault</source>
        <translation>Lỗi bảo mật</translation>
    </message>
    <message>
        <source>GPU system processor does not answer</source>
        <translation>Bộ xử lý hệ thống của GPU (GSP) không trả lời</translation>
    </message>
    <message>
        <source>GPU system processor crashed</source>
        <translation>Bộ xử lý hệ thống của GPU (GSP) bị sập</translation>
    </message>
    <message>
        <source>GPU could not be initialised</source>
        <translation>Không khởi tạo được GPU</translation>
    </message>
    <message>
        <source>Part of the GPU retired</source>
        <translation>Đã loại một phần GPU</translation>
    </message>
    <message>
        <source>Part of the GPU could not be retired</source>
        <translation>Không loại được phần GPU hỏng</translation>
    </message>
    <message>
        <source>GPU does not answer: fatal timeout</source>
        <translation>GPU không trả lời: hết thời gian</translation>
    </message>
    <message>
        <source>Power smoothing is worn out</source>
        <translation>Bộ san phẳng công suất đã hao mòn</translation>
    </message>
    <message>
        <source>Security controller halted</source>
        <translation>Bộ điều khiển bảo mật dừng</translation>
    </message>
</context>
</TS>
